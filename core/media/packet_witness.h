// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/media/ffmpeg_handles.h"
#include "core/media/packet_index.h"

namespace rest::media {

/// Examines all packets of a stream in order and collects reasons to doubt that each, except those marked as never
/// shown, decodes to exactly one picture.
class PacketWitness {
  public:
    explicit PacketWitness(const AVCodecParameters& parameters);

    /// Notes doubts about one packet; sets the decoding flags of its entry.
    void look_at(const AVPacket& packet, PacketEntry& entry);
    /// The first doubt, empty if there is none. Call it after the last packet.
    std::string verdict(const std::vector<PacketEntry>& packets);
    /// Whether the codec outputs its pictures in packet order, whatever their timestamps are.
    bool in_order() const { return kind_ == Kind::coded_in_order || kind_ == Kind::single_pictures; }

  private:
    enum class Kind { nal_units, coded_in_order, single_pictures, other };
    static Kind kind_of(const AVCodecParameters& parameters);

    void doubt(const char* reason);
    void look_at_nal_units(const AVPacket& packet, PacketEntry& entry);
    void look_at_coded_pictures(const AVPacket& packet, PacketEntry& entry);
    void look_at_sequence(std::span<const uint8_t> set);
    void look_at_order(const std::vector<PacketEntry>& packets);

    AVCodecID codec_;
    Kind kind_;
    std::vector<uint8_t> description_;  // the stream's extradata, with its first parameter sets
    int length_size_;
    int reorder_;
    int key_frames_ = 0;
    std::string doubt_;
};

}  // namespace rest::media
