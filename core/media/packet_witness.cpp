// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/packet_witness.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/media/coded_pictures.h"
#include "core/media/ffmpeg_support.h"
#include "core/media/nal_units.h"

namespace rest::media {
namespace {

std::span<const uint8_t> bytes_of(const AVPacket& packet) {
    return {packet.data, static_cast<size_t>(std::max(packet.size, 0))};
}

/// A JPEG's Exif segment may specify a rotation.
bool has_exif(std::span<const uint8_t> jpeg) {
    constexpr uint8_t kExifSegment = 0xe1, kScan = 0xda;
    size_t at = 2;
    while (at + 4 <= jpeg.size() && jpeg[at] == 0xff && jpeg[at + 1] != kScan) {
        if (jpeg[at + 1] == kExifSegment) return true;
        at += 2 + (size_t{jpeg[at + 2]} << 8 | jpeg[at + 3]);
    }
    return false;
}

}  // namespace

PacketWitness::Kind PacketWitness::kind_of(const AVCodecParameters& parameters) {
    switch (parameters.codec_id) {
        case AV_CODEC_ID_H264:
        case AV_CODEC_ID_HEVC:
            return Kind::nal_units;
        case AV_CODEC_ID_VP8:
        case AV_CODEC_ID_VP9:
        case AV_CODEC_ID_AV1:
            return Kind::coded_in_order;
        default:
            break;
    }
    const AVCodecDescriptor* codec = avcodec_descriptor_get(parameters.codec_id);
    const bool intra = codec != nullptr && (codec->props & AV_CODEC_PROP_INTRA_ONLY) != 0;
    return intra ? Kind::single_pictures : Kind::other;
}

PacketWitness::PacketWitness(const AVCodecParameters& parameters)
    : codec_(parameters.codec_id),
      kind_(kind_of(parameters)),
      length_size_(nal_length_size(parameters)),
      reorder_(parameters.video_delay) {
    if (parameters.extradata_size > 0)
        description_.assign(parameters.extradata, parameters.extradata + parameters.extradata_size);
    if (kind_ == Kind::other || (kind_ == Kind::nal_units && length_size_ == 0))
        doubt("packets that cannot be checked");
    if (number_of(parameters.field_order) > AV_FIELD_PROGRESSIVE) doubt("interlaced");
}

void PacketWitness::doubt(const char* reason) {
    if (doubt_.empty()) doubt_ = reason;
}

void PacketWitness::look_at(const AVPacket& packet, PacketEntry& entry) {
    entry.clean_start = (packet.flags & AV_PKT_FLAG_KEY) != 0;
    if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0) doubt("a packet marked as corrupt");
    if (kind_ == Kind::nal_units) look_at_nal_units(packet, entry);
    if (kind_ == Kind::coded_in_order && packet.size > 0) look_at_coded_pictures(packet, entry);
    if (codec_ == AV_CODEC_ID_MJPEG && has_exif(bytes_of(packet))) doubt("pictures that say how to turn them");
}

void PacketWitness::look_at_nal_units(const AVPacket& packet, PacketEntry& entry) {
    const NalSummary summary = summarise_nal_units(bytes_of(packet), codec_, length_size_);
    entry.clean_start = entry.clean_start && summary.clean_start;
    entry.disposable = summary.disposable && packet.side_data_elems == 0;  // new parameters may come as side data
    if (!summary.well_formed) doubt("a damaged packet");
    if (summary.pictures != 1) doubt("a packet that is not one picture");
    if (entry.pts == AV_NOPTS_VALUE) doubt("missing timestamps");
    if (summary.turned) doubt("pictures that say how to turn them");
    look_at_sequence(summary.sequence);
    if (summary.breaks_off) doubt("a sequence that breaks off");
    // In an open GOP at the start, pictures that reference missing ones are never output.
    key_frames_ += summary.clean_start ? 1 : 0;
    if (summary.skipped_leading && key_frames_ < 2) doubt("it begins within an open group of pictures");
}

/// Parameters that repeat the stream's own are common; others may change the size.
void PacketWitness::look_at_sequence(std::span<const uint8_t> set) {
    if (set.empty() || !doubt_.empty()) return;
    const auto found = std::search(description_.begin(), description_.end(), set.begin(), set.end());
    if (found == description_.end()) doubt("parameters that change");
}

void PacketWitness::look_at_coded_pictures(const AVPacket& packet, PacketEntry& entry) {
    const CodedPictures pictures = coded_pictures(bytes_of(packet), codec_).value_or(CodedPictures{});
    entry.clean_start = pictures.clean_start;
    if (!pictures.well_formed) doubt("a damaged packet");
    if (pictures.shown > 1) doubt("a packet of several pictures");
    if (pictures.shown == 0) entry.discarded = true;
}

std::string PacketWitness::verdict(const std::vector<PacketEntry>& packets) {
    if (!packets.empty() && !packets.front().clean_start) doubt("it does not begin with a key frame");
    if (doubt_.empty() && kind_ == Kind::nal_units) look_at_order(packets);
    return doubt_;
}

/// If more frames are out of order than the decoder expects, it will not output them in order.
void PacketWitness::look_at_order(const std::vector<PacketEntry>& packets) {
    std::set<int64_t> seen;
    for (const PacketEntry& packet : packets) {
        const auto [place, fresh] = seen.insert(packet.pts);
        if (!fresh) return doubt("two frames at one time");
        if (std::distance(place, seen.end()) - 1 > reorder_) return doubt("frames more out of order than declared");
        // Only the latest few matter.
        if (seen.size() > 64) seen.erase(seen.begin());
    }
}

}  // namespace rest::media
