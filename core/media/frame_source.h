// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/error.h"
#include "core/media/demuxer.h"
#include "core/media/packet_index.h"

namespace rest::media {

/// Decoded frames in the decoder's output order, from any packet on. One decoding thread. Not thread-safe.
class FrameSource {
  public:
    /// Both outlive the source. The decoder is opened here.
    static Expected<FrameSource> open(Demuxer& demuxer, const PacketIndex& index);

    /// Decoding begins at packet `number`; false when the file no longer is what was indexed.
    bool start_at(int64_t number);
    /// The next frame, or null at the end, when time is up or when the file is no longer what was indexed.
    /// Its pts is the number of its packet. Valid until the next call.
    const AVFrame* next();

    int64_t started_at() const { return started_at_; }  // -1: not started
    int64_t fed() const { return fed_; }                // packets before this one have been given to the decoder
    /// Something since start_at() did not decode cleanly, so what came out may depend on where decoding began.
    bool damaged() const { return damaged_; }
    /// Packets of H.264 for which this says yes are dropped where no other frame is made from theirs. Empty: none.
    void set_droppable(std::function<bool(int64_t)> droppable) { droppable_ = std::move(droppable); }

  private:
    FrameSource(Demuxer& demuxer, const PacketIndex& index);
    bool seek_to(int64_t number);
    bool skip_to(int64_t number, int64_t from);
    void feed();
    void send(AVPacket* packet);

    Demuxer* demuxer_;
    const PacketIndex* index_;
    Codec codec_;
    Packet packet_;
    Frame frame_;
    std::function<bool(int64_t)> droppable_;
    int64_t started_at_ = -1;
    int64_t fed_ = 0;
    bool packet_waits_ = false;  // packet_ is packet fed_ already
    bool draining_ = false;
    bool damaged_ = false;
    bool lost_ = false;
    bool seeks_fail_ = false;
};

}  // namespace rest::media
