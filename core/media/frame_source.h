// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>

#include "core/base/error.h"
#include "core/media/demuxer.h"
#include "core/media/ffmpeg_support.h"
#include "core/media/packet_index.h"

namespace rest::media {

/// Decoded frames in the decoder's output order, from any packet on. Not thread-safe.
///
/// Decodes with the threads that the limits allow where the codec is H.264 and the index has no doubt, else with one.
/// Several threads give the same frames, each some packets later. Of a damaged file they may not: see start_anew_at().
class FrameSource {
  public:
    /// Both outlive the source. The decoder is opened here.
    static Expected<FrameSource> open(Demuxer& demuxer, const PacketIndex& index);

    /// Decoding begins at packet `number`; false when the file no longer is what was indexed.
    bool start_at(int64_t number);
    /// The same with a new decoder of one thread whose pictures begin blank: what it conceals of damage depends on the
    /// packets from there on and on nothing else.
    bool start_anew_at(int64_t number);
    /// The next frame, or null at the end (the file's or set_last()'s), when time is up or when the file is no longer
    /// what was indexed. Its pts is the number of its packet. Valid until the next call.
    const AVFrame* next();

    int64_t started_at() const { return started_at_; }  // -1: not started
    int64_t fed() const { return fed_; }                // packets before this one have been given to the decoder
    /// Something since start_at() did not decode cleanly, so what came out may depend on where decoding began.
    bool damaged() const { return damaged_ || (complaint_ && complaint_->load()); }
    /// Packets of H.264 for which this says yes are dropped where no other frame is made from theirs. Empty: none.
    void set_droppable(std::function<bool(int64_t)> droppable) { droppable_ = std::move(droppable); }
    /// Nothing after this packet is fed: the decoder gives what it holds and ends.
    void set_last(int64_t packet) { last_ = packet; }
    static constexpr int64_t kNoLast = std::numeric_limits<int64_t>::max();
    /// It ended at set_last()'s packet: what follows needs start_at().
    bool stopped() const { return stopped_; }

  private:
    FrameSource(Demuxer& demuxer, const PacketIndex& index);
    struct DecoderSettings {
        int threads = 1;
        bool blank = false;
    };
    Expected<void> open_decoder(const DecoderSettings& settings);
    bool sound_h264() const;
    bool seek_to(int64_t number);
    bool skip_to(int64_t number, int64_t from);
    void feed();
    bool may_drop(int64_t number) const;
    void give_palette();
    void send(AVPacket* packet);

    Demuxer* demuxer_;
    const PacketIndex* index_;
    std::unique_ptr<Complaint> complaint_;  // before the decoder, whose threads set it
    Codec codec_;
    Packet packet_;
    Frame frame_;
    std::function<bool(int64_t)> droppable_;
    int64_t started_at_ = -1;
    int64_t fed_ = 0;
    int64_t last_ = kNoLast;
    bool packet_waits_ = false;  // packet_ is packet fed_ already
    bool draining_ = false;
    bool stopped_ = false;
    bool damaged_ = false;
    bool lost_ = false;
    bool seeks_fail_ = false;
};

}  // namespace rest::media
