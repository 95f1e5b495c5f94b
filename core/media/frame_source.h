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

/// Decoded frames in the decoder's output order, starting at any packet. Not thread-safe.
///
/// Decodes with the number of threads that the limits allow if the codec is H.264 and the index has no doubt, else with
/// one. Several threads give the same frames, each a few packets later. For a damaged file they may differ: see
/// start_anew_at().
class FrameSource {
  public:
    /// Both must outlive the source. Opens the decoder.
    static Expected<FrameSource> open(Demuxer& demuxer, const PacketIndex& index);

    /// Starts decoding at packet `number`; false if the file has changed since it was indexed.
    bool start_at(int64_t number);
    /// The same with a new single-threaded decoder whose pictures are initially blank: how it conceals damage depends
    /// only on the packets from there on.
    bool start_anew_at(int64_t number);
    /// The next frame, or null at the end (the file's or set_last()'s), on timeout, or if the file has changed since it
    /// was indexed. Its pts is the number of its packet. Valid until the next call.
    const AVFrame* next();

    int64_t started_at() const { return started_at_; }  // -1: not started
    int64_t fed() const { return fed_; }                // earlier packets have been sent to the decoder
    /// Something since start_at() did not decode cleanly, so the output may depend on where decoding began.
    bool damaged() const { return damaged_ || (complaint_ && complaint_->load()); }
    /// H.264 packets for which this returns true are dropped if no other frame is predicted from theirs. Empty: none.
    void set_droppable(std::function<bool(int64_t)> droppable) { droppable_ = std::move(droppable); }
    /// No packet after this one is sent: the decoder outputs what it holds and ends.
    void set_last(int64_t packet) { last_ = packet; }
    static constexpr int64_t kNoLast = std::numeric_limits<int64_t>::max();
    /// It ended at set_last()'s packet: continuing requires start_at().
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
    bool packet_waits_ = false;  // packet_ already holds packet fed_
    bool draining_ = false;
    bool stopped_ = false;
    bool damaged_ = false;
    bool lost_ = false;
    bool seeks_fail_ = false;
};

}  // namespace rest::media
