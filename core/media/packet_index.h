// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/media/demuxer.h"

namespace rest::media {

/// One video packet as the container lists it. Times in stream units, AV_NOPTS_VALUE where unknown.
struct PacketEntry {
    int64_t pts = 0;
    int64_t dts = 0;
    int64_t position = -1;  // byte in the file, -1 unknown
    int64_t duration = 0;
    int size = 0;
    bool discarded = false;    // decoded but never shown (edit lists, pictures that only others are predicted from)
    bool clean_start = false;  // decoding may begin here
    bool disposable = false;   // H.264 that need not reach the decoder: no other frame is made from it
};

/// All video packets in decoding order, and which frame each becomes.
///
/// A packet's number is its frame's name: packets go to the decoder with their number as timestamp, so a frame is known
/// whatever the container's timestamps are.
struct PacketIndex {
    std::vector<PacketEntry> packets;  // (P,)
    std::vector<int64_t> shown;        // (N,) packet of each frame in presentation order
    std::vector<int64_t> rank;         // (P,) the inverse: place in presentation order, -1 never shown
    /// Empty when every packet can be expected to decode to one frame, so that `shown` follows from the timestamps.
    std::string doubt;

    /// Fills `shown` and `rank`.
    void set_shown(std::vector<int64_t> packets_shown);
    /// The last packet at which decoding may begin in order to get frame `frame`; 0 when there is none later.
    int64_t start_for(int64_t frame) const;
    bool matches(const AVPacket& packet, int64_t number) const;

    bool positions_repeat = false;   // one part of the file is shown twice
    bool cut = false;                // a packet is not all there
    bool parameters_change = false;  // packets bring what the decoder must know, and only where one reads on to them
    /// The palette that came with a packet, by its number. Containers give theirs with the first packet that they read
    /// and not again after a seek.
    std::map<int64_t, std::vector<uint8_t>> palettes;
};

/// Reads through the file once, without decoding.
Expected<PacketIndex> index_packets(Demuxer& demuxer);

}  // namespace rest::media
