// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/nal_units.h"

namespace rest::media {
namespace {

/// H.264: units that its decoder skips when told to skip non-reference pictures.
bool disposable_unit(std::span<const uint8_t> unit) {
    constexpr int kSupplementalInformation = 6;
    return !unit.empty() && (unit[0] & 0x60) == 0 && (unit[0] & 0x1f) != kSupplementalInformation;
}

/// A unit's payload without emulation prevention bytes.
std::vector<uint8_t> unescaped(std::span<const uint8_t> unit) {
    std::vector<uint8_t> out;
    int zeros = 0;
    for (const uint8_t byte : unit) {
        if (zeros >= 2 && byte == 3) {
            zeros = 0;
            continue;
        }
        zeros = byte == 0 ? zeros + 1 : 0;
        out.push_back(byte);
    }
    return out;
}

/// An SEI unit is a list of payloads, each with type and size coded as bytes of 255 followed by a smaller one.
bool tells_orientation(std::span<const uint8_t> unit, size_t header) {
    constexpr size_t kDisplayOrientation = 47;
    const std::vector<uint8_t> bytes = unescaped(unit.subspan(header));
    size_t at = 0;
    const auto number = [&] {
        size_t value = 0;
        while (at < bytes.size() && bytes[at] == 255) value += bytes[at++];
        return at < bytes.size() ? value + bytes[at++] : value;
    };
    while (at + 2 < bytes.size()) {  // the last byte is a stop bit
        const size_t type = number(), size = number();
        if (type == kDisplayOrientation) return true;
        at += size;
    }
    return false;
}

void add_h264_unit(std::span<const uint8_t> unit, NalSummary& summary) {
    const int type = unit[0] & 0x1f;
    if (type == 7 && summary.sequence.empty()) summary.sequence = unit;
    if (type == 6) summary.turned = summary.turned || tells_orientation(unit, 1);
    if (type != 1 && type != 2 && type != 5) return;
    // Both codecs' slice headers begin with a bit that is set only in a picture's first slice.
    if ((unit[1] & 0x80) != 0) ++summary.pictures;
    if (type == 5) summary.clean_start = true;  // only an IDR picture resets all references
}

void add_hevc_unit(std::span<const uint8_t> unit, NalSummary& summary) {
    const int type = (unit[0] >> 1) & 0x3f;
    const bool broken_link = type >= 16 && type <= 18, end = type == 36 || type == 37;
    summary.breaks_off = summary.breaks_off || broken_link || end;
    if (type == 33 && summary.sequence.empty()) summary.sequence = unit;
    if (type == 39) summary.turned = summary.turned || tells_orientation(unit, 2);
    if (type == 8 || type == 9) summary.skipped_leading = true;
    if (type >= 32) return;
    if ((unit[2] & 0x80) != 0) ++summary.pictures;
    if (type >= 16 && type <= 23) summary.clean_start = true;  // random access, for pictures shown after it
}

/// Adds one unit, without its length or start code.
void add_unit(std::span<const uint8_t> unit, AVCodecID codec, NalSummary& summary) {
    const bool hevc = codec == AV_CODEC_ID_HEVC;
    if (unit.size() <= (hevc ? 2U : 1U)) {
        // An end of sequence consists of a header only.
        if (hevc && unit.size() == 2) summary.breaks_off = summary.breaks_off || ((unit[0] >> 1) & 0x3e) == 36;
        return;
    }
    if (hevc)
        add_hevc_unit(unit, summary);
    else
        add_h264_unit(unit, summary);
}

NalSummary summarise_prefixed(std::span<const uint8_t> rest, AVCodecID codec, int length_size) {
    NalSummary summary;
    bool disposable = codec == AV_CODEC_ID_H264;
    while (!rest.empty()) {
        if (rest.size() < static_cast<size_t>(length_size)) return summary;
        size_t length = 0;
        for (int i = 0; i < length_size; ++i) length = length << 8 | rest[i];
        rest = rest.subspan(length_size);
        if (length == 0 || length > rest.size()) return summary;
        add_unit(rest.first(length), codec, summary);
        disposable = disposable && disposable_unit(rest.first(length));
        rest = rest.subspan(length);
    }
    summary.well_formed = true;
    summary.disposable = disposable;
    return summary;
}

NalSummary summarise_start_codes(std::span<const uint8_t> packet, AVCodecID codec) {
    NalSummary summary;
    for (size_t i = 0; i + 3 < packet.size(); ++i) {
        if (packet[i] == 0 && packet[i + 1] == 0 && packet[i + 2] == 1) add_unit(packet.subspan(i + 3), codec, summary);
    }
    return summary;
}

}  // namespace

int nal_length_size(const AVCodecParameters& parameters) {
    const uint8_t* data = parameters.extradata;
    const int size = parameters.extradata_size;
    if (parameters.codec_id == AV_CODEC_ID_H264 && size >= 7 && data[0] == 1) return (data[4] & 3) + 1;
    if (parameters.codec_id == AV_CODEC_ID_HEVC && size >= 23 && data[0] == 1) return (data[21] & 3) + 1;
    return 0;
}

NalSummary summarise_nal_units(std::span<const uint8_t> packet, AVCodecID codec, int length_size) {
    return length_size > 0 ? summarise_prefixed(packet, codec, length_size) : summarise_start_codes(packet, codec);
}

}  // namespace rest::media
