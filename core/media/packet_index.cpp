// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/packet_index.h"

#include <algorithm>

#include "core/media/packet_witness.h"

namespace rest::media {
namespace {

bool any_position_twice(const std::vector<PacketEntry>& packets) {
    std::vector<int64_t> positions;
    for (const PacketEntry& packet : packets) positions.push_back(packet.position);
    std::sort(positions.begin(), positions.end());
    return std::adjacent_find(positions.begin(), positions.end()) != positions.end();
}

std::vector<int64_t> shown_packets(const std::vector<PacketEntry>& packets) {
    std::vector<int64_t> shown;
    for (size_t i = 0; i < packets.size(); ++i) {
        if (!packets[i].discarded && packets[i].size > 0) shown.push_back(static_cast<int64_t>(i));
    }
    return shown;
}

/// Presentation order derived from the timestamps alone.
std::vector<int64_t> by_timestamp(const std::vector<PacketEntry>& packets) {
    std::vector<int64_t> shown = shown_packets(packets);
    std::stable_sort(shown.begin(), shown.end(), [&](int64_t a, int64_t b) { return packets[a].pts < packets[b].pts; });
    return shown;
}

/// Stores the side data of packet `number`.
void note_side_data(const AVPacket& packet, int64_t number, PacketIndex& index) {
    for (int i = 0; i < packet.side_data_elems; ++i) {
        const AVPacketSideData& data = packet.side_data[i];
        if (data.type == AV_PKT_DATA_PALETTE) index.palettes[number].assign(data.data, data.data + data.size);
        if (data.type == AV_PKT_DATA_NEW_EXTRADATA || data.type == AV_PKT_DATA_PARAM_CHANGE) {
            index.parameters_change = true;
        }
    }
}

}  // namespace

void PacketIndex::set_shown(std::vector<int64_t> packets_shown) {
    shown = std::move(packets_shown);
    rank.assign(packets.size(), -1);
    for (size_t i = 0; i < shown.size(); ++i) rank[shown[i]] = static_cast<int64_t>(i);
}

int64_t PacketIndex::start_for(int64_t frame) const {
    for (int64_t i = shown[frame]; i > 0; --i) {
        // Frames shown before a key frame may need earlier ones, even if stored after it.
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
    PacketWitness witness(demuxer.parameters());
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
        note_side_data(*packet, std::ssize(index.packets), index);
        witness.look_at(*packet, entry);
        index.packets.push_back(entry);
        demuxer.made_progress({.packets = std::ssize(index.packets)});
    }
    if (demuxer.late()) return demuxer.too_slow();
    index.doubt = witness.verdict(index.packets);
    if (index.doubt.empty() && index.parameters_change) index.doubt = "parameters that change";
    index.positions_repeat = any_position_twice(index.packets);
    index.set_shown(witness.in_order() ? shown_packets(index.packets) : by_timestamp(index.packets));
    return index;
}

}  // namespace rest::media
