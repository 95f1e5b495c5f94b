// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/frame_source.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "core/media/ffmpeg_support.h"

namespace rest::media {

namespace {

int blank_buffer(AVCodecContext* codec, AVFrame* frame, int flags) {
    const int result = avcodec_default_get_buffer2(codec, frame, flags);
    if (result < 0) return result;
    for (const AVBufferRef* buffer : frame->buf) {
        if (buffer != nullptr) std::memset(buffer->data, 0, buffer->size);
    }
    return result;
}

}  // namespace

FrameSource::FrameSource(Demuxer& demuxer, const PacketIndex& index)
    : demuxer_(&demuxer), index_(&index), packet_(make_packet()), frame_(make_frame()) {}

Expected<FrameSource> FrameSource::open(Demuxer& demuxer, const PacketIndex& index) {
    FrameSource source(demuxer, index);
    const int threads = source.sound_h264() ? std::clamp(demuxer.limits().threads, 1, 16) : 1;
    if (auto ok = source.open_decoder({.threads = threads}); !ok) return tl::make_unexpected(ok.error());
    return source;
}

bool FrameSource::sound_h264() const {
    return demuxer_->parameters().codec_id == AV_CODEC_ID_H264 && index_->doubt.empty();
}

Expected<void> FrameSource::open_decoder(const DecoderSettings& settings) {
    const AVCodecParameters& parameters = demuxer_->parameters();
    const AVCodec* decoder = avcodec_find_decoder(parameters.codec_id);
    if (decoder == nullptr) {
        return demuxer_->problem(
            ErrorCode::unsupported,
            std::string("holds video (") + avcodec_get_name(parameters.codec_id) + ") that this FFmpeg cannot decode",
            "Convert it to MP4 with ffmpeg.");
    }
    codec_.reset(avcodec_alloc_context3(decoder));
    if (!codec_) throw std::bad_alloc();
    // Frames predicted from damaged ones may come out after those, and with several threads even before the damaged
    // frames' own error flags are set. Messages come while a packet is decoded. Other codecs report much that is
    // harmless.
    complaint_ = sound_h264() ? std::make_unique<Complaint>(false) : nullptr;
    codec_->opaque = complaint_.get();
    int result = avcodec_parameters_to_context(codec_.get(), &parameters);
    codec_->thread_count = settings.threads;
    codec_->thread_type = settings.threads > 1 ? FF_THREAD_FRAME : FF_THREAD_SLICE;
    if (settings.blank) codec_->get_buffer2 = blank_buffer;
    codec_->max_pixels = demuxer_->limits().max_pixels;
    if (result >= 0) result = avcodec_open2(codec_.get(), decoder, nullptr);
    if (result >= 0) return {};
    return demuxer_->problem(ErrorCode::damaged, "holds video that cannot be decoded (" + ffmpeg_text(result) + ")",
                             "Convert it to MP4 with ffmpeg.");
}

bool FrameSource::start_at(int64_t number) {
    avcodec_flush_buffers(codec_.get());  // waits for its threads
    if (complaint_) complaint_->store(false);
    started_at_ = fed_ = number;
    draining_ = stopped_ = damaged_ = lost_ = packet_waits_ = false;
    if (index_->packets.empty()) return true;
    if (seek_to(number)) return true;
    // Some containers cannot seek, or seek to the wrong place: reading from the first packet always works.
    if (!demuxer_->reopen() || !skip_to(number, 0)) {
        started_at_ = -1;
        return false;
    }
    return true;
}

bool FrameSource::start_anew_at(int64_t number) {
    return open_decoder({.blank = true}) && start_at(number);
}

bool FrameSource::seek_to(int64_t number) {
    if (seeks_fail_) return false;
    const PacketEntry& entry = index_->packets[number];
    for (const int64_t timestamp : {entry.pts, entry.dts}) {
        if (timestamp == AV_NOPTS_VALUE || !demuxer_->seek(timestamp)) continue;
        while (demuxer_->read(*packet_)) {
            if (index_->matches(*packet_, number)) {
                packet_waits_ = true;
                return true;
            }
            if (packet_->pos > entry.position || entry.position < 0) break;  // landed after it
        }
    }
    seeks_fail_ = true;
    return false;
}

bool FrameSource::skip_to(int64_t number, int64_t from) {
    for (int64_t i = from; i <= number; ++i) {
        if (!demuxer_->read(*packet_) || !index_->matches(*packet_, i)) return false;
    }
    packet_waits_ = true;
    return true;
}

bool FrameSource::may_drop(int64_t number) const {
    return droppable_ && codec_->codec_id == AV_CODEC_ID_H264 && droppable_(number);
}

void FrameSource::feed() {
    if (fed_ > last_) {
        draining_ = stopped_ = true;
        return send(nullptr);
    }
    if (!packet_waits_ && !demuxer_->read(*packet_)) {
        draining_ = true;
        return send(nullptr);
    }
    packet_waits_ = false;
    if (!index_->matches(*packet_, fed_)) {
        // From now on, a container whose packets differ after a seek is read from its start.
        seeks_fail_ = lost_ = true;
        return;
    }
    give_palette();
    packet_->pts = packet_->dts = fed_;
    const bool drop = may_drop(fed_);
    // Packets that the decoder would skip are not sent at all: they would occupy a thread.
    const bool pass_over = drop && sound_h264() && index_->packets[fed_].disposable;
    codec_->skip_frame = drop ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    ++fed_;
    if (packet_->size > 0 && !pass_over) send(packet_.get());  // an empty packet would end decoding
}

/// Attaches the palette where decoding begins, and where one came during indexing.
void FrameSource::give_palette() {
    auto found = index_->palettes.upper_bound(fed_);
    if (found == index_->palettes.begin()) return;
    --found;
    const std::vector<uint8_t>& palette = found->second;
    if (found->first != fed_ && started_at_ != fed_) return;
    if (av_packet_get_side_data(packet_.get(), AV_PKT_DATA_PALETTE, nullptr) != nullptr) return;
    uint8_t* room = av_packet_new_side_data(packet_.get(), AV_PKT_DATA_PALETTE, palette.size());
    if (room == nullptr) throw std::bad_alloc();
    std::copy(palette.begin(), palette.end(), room);
}

void FrameSource::send(AVPacket* packet) {
    if (avcodec_send_packet(codec_.get(), packet) < 0) damaged_ = true;
}

const AVFrame* FrameSource::next() {
    int failures = 0;
    while (!lost_ && !demuxer_->late()) {
        const int result = avcodec_receive_frame(codec_.get(), frame_.get());
        if (result >= 0) {
            const bool corrupt = (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame_->decode_error_flags != 0;
            damaged_ = damaged_ || corrupt;
            demuxer_->made_progress({.packets = fed_, .total = std::ssize(index_->packets), .decoding = true});
            return frame_.get();
        }
        if (result == AVERROR_EOF) return nullptr;
        if (result == AVERROR(EAGAIN)) {
            if (draining_) return nullptr;
            feed();
            continue;
        }
        damaged_ = true;
        constexpr int kPatience = 1000;  // a decoder that fails endlessly ends the video
        if (++failures > kPatience) return nullptr;
    }
    return nullptr;
}

}  // namespace rest::media
