// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/coded_pictures.h"

#include <vector>

#include "core/media/bit_reader.h"

namespace rest::media {
namespace {

using Bytes = std::span<const uint8_t>;

/// The frames of a VP9 packet; empty if its index is inconsistent.
std::vector<Bytes> vp9_frames(Bytes packet) {
    const uint8_t marker = packet.empty() ? 0 : packet.back();
    if ((marker & 0xe0) != 0xc0) return {packet};
    const size_t count = (marker & 7) + 1, width = (marker >> 3 & 3) + 1, index_size = 2 + count * width;
    if (packet.size() < index_size || packet[packet.size() - index_size] != marker) return {packet};
    Bytes sizes = packet.last(index_size).subspan(1), rest = packet.first(packet.size() - index_size);
    std::vector<Bytes> frames;
    for (size_t i = 0; i < count; ++i, sizes = sizes.subspan(width)) {
        size_t size = 0;
        for (size_t b = 0; b < width; ++b) size |= size_t{sizes[b]} << (8 * b);
        if (size > rest.size()) return {};
        if (size > 0) frames.push_back(rest.first(size));
        rest = rest.subspan(size);
    }
    return frames;
}

struct Vp9Header {
    bool well_formed = false;
    bool shown = false;
    bool key = false;
};

Vp9Header vp9_header(Bytes frame) {
    BitReader reader(frame);
    Vp9Header header;
    const bool marked = reader.bits(2) == 2;
    const uint32_t low = reader.bits(1), profile = reader.bits(1) << 1 | low;
    if (profile == 3) reader.bits(1);  // reserved
    const bool repeats = reader.bits(1) != 0;
    header.key = !repeats && reader.bits(1) == 0;
    header.shown = repeats || reader.bits(1) != 0;
    header.well_formed = marked && !reader.past_the_end();
    return header;
}

/// A unit of AV1, whose bytes are removed from `rest`; false if it does not fit.
struct Av1Unit {
    int type = 0;
    int spatial_layer = 0;
    Bytes payload;
};

bool take_av1_unit(Bytes& rest, Av1Unit& unit) {
    BitReader reader(rest);
    const bool forbidden = reader.bits(1) != 0;
    unit.type = static_cast<int>(reader.bits(4));
    const bool extended = reader.bits(1) != 0, sized = reader.bits(1) != 0;
    reader.bits(1);
    size_t header = 1;
    unit.spatial_layer = 0;
    if (extended) {
        reader.bits(3);
        unit.spatial_layer = static_cast<int>(reader.bits(2));
        reader.bits(3);
        ++header;
    }
    uint64_t size = 0;
    for (int shift = 0; sized && shift < 56; shift += 7) {
        const uint32_t more = reader.bits(1);
        size |= uint64_t{reader.bits(7)} << shift;
        ++header;
        if (more == 0) break;
    }
    if (forbidden || reader.past_the_end()) return false;
    if (!sized) size = rest.size() - header;
    if (size > rest.size() - header) return false;
    unit.payload = rest.subspan(header, static_cast<size_t>(size));
    rest = rest.subspan(header + static_cast<size_t>(size));
    return true;
}

}  // namespace

CodedPictures vp8_pictures(Bytes packet) {
    constexpr size_t kFrameTag = 3, kKeyFrameHeader = 10;
    CodedPictures pictures;
    if (packet.size() < kFrameTag) return pictures;
    const bool key = (packet[0] & 1) == 0;
    const bool start_code =
        packet.size() >= kKeyFrameHeader && packet[3] == 0x9d && packet[4] == 1 && packet[5] == 0x2a;
    pictures.well_formed = !key || start_code;
    pictures.shown = packet[0] >> 4 & 1;
    pictures.clean_start = key && start_code;
    return pictures;
}

CodedPictures vp9_pictures(Bytes packet) {
    CodedPictures pictures;
    const std::vector<Bytes> frames = vp9_frames(packet);
    pictures.well_formed = !frames.empty();
    for (size_t i = 0; i < frames.size(); ++i) {
        const Vp9Header header = vp9_header(frames[i]);
        pictures.well_formed = pictures.well_formed && header.well_formed;
        pictures.shown += header.shown ? 1 : 0;
        if (i == 0) pictures.clean_start = header.key;
    }
    return pictures;
}

CodedPictures av1_pictures(Bytes packet) {
    constexpr int kSequence = 1, kFrameHeader = 3, kFrame = 6;
    CodedPictures pictures;
    bool sequence = false, first = true;
    Av1Unit unit;
    for (Bytes rest = packet; !rest.empty();) {
        if (!take_av1_unit(rest, unit) || unit.spatial_layer > 0) return pictures;
        BitReader reader(unit.payload);
        if (unit.type == kSequence) {
            reader.bits(3);                            // profile
            if (reader.bits(1) != 0) return pictures;  // a still picture
            sequence = true;
        }
        if (unit.type != kFrameHeader && unit.type != kFrame) continue;
        const bool repeats = reader.bits(1) != 0;
        const bool key = !repeats && reader.bits(2) == 0;
        const bool shown = repeats || reader.bits(1) != 0;
        if (reader.past_the_end()) return pictures;
        pictures.shown += shown ? 1 : 0;
        // A key frame that is shown later does not reset the decoder.
        if (first) pictures.clean_start = key && shown && sequence;
        first = false;
    }
    pictures.well_formed = !first;
    return pictures;
}

std::optional<CodedPictures> coded_pictures(Bytes packet, AVCodecID codec) {
    switch (codec) {
        case AV_CODEC_ID_VP8:
            return vp8_pictures(packet);
        case AV_CODEC_ID_VP9:
            return vp9_pictures(packet);
        case AV_CODEC_ID_AV1:
            return av1_pictures(packet);
        default:
            return std::nullopt;
    }
}

}  // namespace rest::media
