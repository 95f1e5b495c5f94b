// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/packet_index.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/media/ffmpeg_support.h"
#include "core/media/nal_units.h"

namespace rest::media {
namespace {

/// Collects what speaks against believing the packets.
class Witness {
  public:
    explicit Witness(const AVCodecParameters& parameters)
        : codec_(parameters.codec_id), length_size_(nal_length_size(parameters)), reorder_(parameters.video_delay) {
        if (length_size_ == 0) doubt("packets that cannot be checked");
        if (number_of(parameters.field_order) > AV_FIELD_PROGRESSIVE) doubt("interlaced");
    }

    /// Notes doubts about one packet; sets what its entry says about decoding.
    void look_at(const AVPacket& packet, PacketEntry& entry) {
        if (codec_ != AV_CODEC_ID_H264 && codec_ != AV_CODEC_ID_HEVC) {
            entry.clean_start = (packet.flags & AV_PKT_FLAG_KEY) != 0;
            return;
        }
        const NalSummary summary =
            summarise_nal_units({packet.data, static_cast<size_t>(packet.size)}, codec_, length_size_);
        entry.clean_start = summary.clean_start && (packet.flags & AV_PKT_FLAG_KEY) != 0;
        entry.disposable = summary.disposable && packet.side_data_elems == 0;  // new parameters may come beside it
        if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0) doubt("a packet marked as corrupt");
        if (!summary.well_formed) doubt("a damaged packet");
        if (summary.pictures != 1) doubt("a packet that is not one picture");
        if (entry.pts == AV_NOPTS_VALUE) doubt("missing timestamps");
    }

    std::string verdict(const std::vector<PacketEntry>& packets) {
        if (!packets.empty() && !packets.front().clean_start) doubt("it does not begin with a key frame");
        if (doubt_.empty()) look_at_order(packets);
        return doubt_;
    }

  private:
    void doubt(const char* reason) {
        if (doubt_.empty()) doubt_ = reason;
    }

    /// More frames held back than the decoder expects means that it will not give them in order.
    void look_at_order(const std::vector<PacketEntry>& packets) {
        std::set<int64_t> seen;
        for (const PacketEntry& packet : packets) {
            const auto [place, fresh] = seen.insert(packet.pts);
            if (!fresh) return doubt("two frames at one time");
            if (std::distance(place, seen.end()) - 1 > reorder_) return doubt("frames more out of order than declared");
            // Only the latest few matter; the rest lies in the past.
            if (seen.size() > 64) seen.erase(seen.begin());
        }
    }

    AVCodecID codec_;
    int length_size_;
    int reorder_;
    std::string doubt_;
};

bool any_position_twice(const std::vector<PacketEntry>& packets) {
    std::vector<int64_t> positions;
    for (const PacketEntry& packet : packets) positions.push_back(packet.position);
    std::sort(positions.begin(), positions.end());
    return std::adjacent_find(positions.begin(), positions.end()) != positions.end();
}

/// Presentation order told from the timestamps alone.
std::vector<int64_t> by_timestamp(const std::vector<PacketEntry>& packets) {
    std::vector<int64_t> shown;
    for (size_t i = 0; i < packets.size(); ++i) {
        if (!packets[i].discarded && packets[i].size > 0) shown.push_back(static_cast<int64_t>(i));
    }
    std::stable_sort(shown.begin(), shown.end(), [&](int64_t a, int64_t b) { return packets[a].pts < packets[b].pts; });
    return shown;
}

}  // namespace

void PacketIndex::set_shown(std::vector<int64_t> packets_shown) {
    shown = std::move(packets_shown);
    rank.assign(packets.size(), -1);
    for (size_t i = 0; i < shown.size(); ++i) rank[shown[i]] = static_cast<int64_t>(i);
}

int64_t PacketIndex::start_for(int64_t frame) const {
    for (int64_t i = shown[frame]; i > 0; --i) {
        // Frames shown before a key frame may need earlier ones, even if they are stored after it.
        if (packets[i].clean_start && rank[i] >= 0 && rank[i] <= frame) return i;
    }
    return 0;
}

bool PacketIndex::matches(const AVPacket& packet, int64_t number) const {
    if (number < 0 || number >= static_cast<int64_t>(packets.size())) return false;
    const PacketEntry& entry = packets[number];
    if (packet.size != entry.size || packet.pos != entry.position) return false;
    return packet.pts == entry.pts || (entry.position >= 0 && !positions_repeat);
}

Expected<PacketIndex> index_packets(Demuxer& demuxer) {
    PacketIndex index;
    Witness witness(demuxer.parameters());
    const Packet packet = make_packet();
    while (demuxer.read(*packet)) {
        PacketEntry entry;
        entry.pts = packet->pts;
        entry.dts = packet->dts;
        entry.position = packet->pos;
        entry.duration = packet->duration;
        entry.size = packet->size;
        entry.discarded = (packet->flags & AV_PKT_FLAG_DISCARD) != 0;
        index.cut = index.cut || (packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
        if (std::ssize(index.packets) == demuxer.limits().max_packets) {
            return demuxer.problem(ErrorCode::unsupported,
                                   "has more than " + std::to_string(demuxer.limits().max_packets) + " frames",
                                   "Cut it into shorter videos with ffmpeg.");
        }
        witness.look_at(*packet, entry);
        index.packets.push_back(entry);
    }
    if (demuxer.late()) return demuxer.too_slow();
    index.doubt = witness.verdict(index.packets);
    index.positions_repeat = any_position_twice(index.packets);
    index.set_shown(by_timestamp(index.packets));
    return index;
}

}  // namespace rest::media
