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
    bool discarded = false;    // decoded but never shown (edit lists, pictures used only for prediction)
    bool clean_start = false;  // decoding can begin here
    bool disposable = false;   // H.264 that need not be sent to the decoder: no other frame is predicted from it
};

/// All video packets in decoding order, and the frame that each becomes.
///
/// A frame is identified by its packet's number: packets are sent to the decoder with their number as timestamp, so a
/// frame is identified whatever the container's timestamps are.
struct PacketIndex {
    std::vector<PacketEntry> packets;  // (P,)
    std::vector<int64_t> shown;        // (N,) packet of each frame in presentation order
    std::vector<int64_t> rank;         // (P,) the inverse: index in presentation order, -1 never shown
    /// Empty if every packet is expected to decode to one frame, so that `shown` follows from the timestamps.
    std::string doubt;

    /// Sets `shown` and `rank`.
    void set_shown(std::vector<int64_t> packets_shown);
    /// The last packet at which decoding can begin in order to get frame `frame`; 0 if there is no later one.
    int64_t start_for(int64_t frame) const;
    bool matches(const AVPacket& packet, int64_t number) const;

    bool positions_repeat = false;   // part of the file is shown twice
    bool cut = false;                // a packet is truncated
    bool parameters_change = false;  // packets carry decoder parameters, which only sequential reading delivers
    /// The palette that came with a packet, by its number. Containers deliver it with the first packet read and not
    /// again after a seek.
    std::map<int64_t, std::vector<uint8_t>> palettes;
};

/// Reads the file once, without decoding.
Expected<PacketIndex> index_packets(Demuxer& demuxer);

}  // namespace rest::media
