// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/nal_units.h"

namespace rest::media {
namespace {

/// H.264: what its decoder passes over when it is told to skip pictures that no other is made from.
bool disposable_unit(std::span<const uint8_t> unit) {
    constexpr int kSupplementalInformation = 6;
    return !unit.empty() && (unit[0] & 0x60) == 0 && (unit[0] & 0x1f) != kSupplementalInformation;
}

/// Adds one unit, without its length or start code.
void add_unit(std::span<const uint8_t> unit, AVCodecID codec, NalSummary& summary) {
    const bool hevc = codec == AV_CODEC_ID_HEVC;
    const size_t header = hevc ? 2 : 1;
    if (unit.size() <= header) return;
    const int type = hevc ? (unit[0] >> 1) & 0x3f : unit[0] & 0x1f;
    const bool slice = hevc ? type < 32 : type == 1 || type == 2 || type == 5;
    if (!slice) return;
    // Both codecs' slice headers begin with a bit that is set in a picture's first slice only.
    if ((unit[header] & 0x80) != 0) ++summary.pictures;
    // H.264: only an IDR picture forgets all earlier ones. HEVC: any random access picture does, for what follows it.
    if (hevc ? type >= 16 && type <= 23 : type == 5) summary.clean_start = true;
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
