// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/video_writer.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "core/base/error.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/ffmpeg_support.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace rest::media {

namespace fs = std::filesystem;

namespace {

struct FreeOutput {
    void operator()(AVFormatContext* context) const {
        avio_closep(&context->pb);
        avformat_free_context(context);
    }
};

/// The matrix that the clips are encoded and tagged with, so that every player decodes the same colours.
constexpr AVColorSpace kMatrix = AVCOL_SPC_BT709;

/// For any other, x264 itself prints to standard error.
constexpr std::array<std::string_view, 10> kPresets{"ultrafast", "superfast", "veryfast", "faster",   "fast",
                                                    "medium",    "slow",      "slower",   "veryslow", "placebo"};

}  // namespace

struct VideoWriter::Impl {
    Impl(const fs::path& path_, const VideoWriterSettings& settings_);
    ~Impl();
    void add(const image::Image& image);
    void finish();

  private:
    void require_usable_settings() const;
    void open_encoder();
    void open_file();
    void open_scaler();
    void write_packets();
    [[noreturn]] void fail(const std::string& doing, int error) const;
    void check(int result, const std::string& doing) const {
        if (result < 0) fail(doing, result);
    }

    fs::path path;
    fs::path beside;  // temporary file, renamed to `path` when complete
    VideoWriterSettings settings;
    std::unique_ptr<AVFormatContext, FreeOutput> output;
    Codec encoder;
    Scaler scaler;
    Frame frame;
    Packet packet;
    AVStream* stream = nullptr;
    int64_t next = 0;
    bool finished = false;
};

VideoWriter::Impl::Impl(const fs::path& path_, const VideoWriterSettings& settings_)
    : path(path_), beside(path_), settings(settings_), frame(make_frame()), packet(make_packet()) {
    prepare_ffmpeg();
    require_usable_settings();
    beside += ".part" + std::to_string(::getpid());
    AVFormatContext* context = nullptr;
    check(avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr), "start an MP4 file");
    output.reset(context);
    open_encoder();
    open_scaler();
    open_file();
}

VideoWriter::Impl::~Impl() {
    output.reset();
    if (finished) return;
    std::error_code ignored;
    fs::remove(beside, ignored);
}

void VideoWriter::Impl::fail(const std::string& doing, int error) const {
    if (error == AVERROR(ENOSPC) || error == AVERROR(EDQUOT)) {
        throw Error(ErrorCode::no_space, "No space left to write " + path.string(),
                    "Free some disk space and try again.");
    }
    throw Error(ErrorCode::io,
                "Cannot write " + path.string() + ": could not " + doing + " (" + ffmpeg_text(error) + ")",
                "Check that the folder exists and that you may write to it.");
}

void VideoWriter::Impl::require_usable_settings() const {
    const auto refuse = [&](const std::string& what) {
        throw Error(ErrorCode::invalid_argument, "Cannot write " + path.string() + ": " + what);
    };
    if (settings.width <= 0 || settings.height <= 0 || settings.width % 2 != 0 || settings.height % 2 != 0) {
        refuse("a size of " + std::to_string(settings.width) + " x " + std::to_string(settings.height) +
               " pixels; width and height must be even and above 0");
    }
    if (!(settings.frames_per_second > 0)) refuse(std::to_string(settings.frames_per_second) + " frames per second");
    if (settings.key_frame_interval < 1) refuse("a key frame interval below 1");
    if (std::find(kPresets.begin(), kPresets.end(), settings.preset) == kPresets.end()) {
        refuse("x264 has no preset " + settings.preset);
    }
}

void VideoWriter::Impl::open_encoder() {
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr) {
        throw Error(ErrorCode::unsupported, "Cannot write " + path.string() + ": this FFmpeg has no libx264",
                    "Install an FFmpeg that was built with libx264.");
    }
    encoder.reset(avcodec_alloc_context3(codec));
    if (!encoder) throw std::bad_alloc();
    encoder->width = settings.width;
    encoder->height = settings.height;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->framerate = av_d2q(settings.frames_per_second, 1001000);
    encoder->time_base = av_inv_q(encoder->framerate);
    encoder->gop_size = settings.key_frame_interval;
    encoder->thread_count = 1;
    encoder->color_range = AVCOL_RANGE_MPEG;
    encoder->colorspace = kMatrix;
    encoder->color_primaries = AVCOL_PRI_BT709;
    encoder->color_trc = AVCOL_TRC_BT709;
    encoder->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER;
    check(av_opt_set(encoder->priv_data, "preset", settings.preset.c_str(), 0), "choose the preset " + settings.preset);
    check(av_opt_set_double(encoder->priv_data, "crf", settings.quality, 0), "choose the quality");
    check(avcodec_open2(encoder.get(), codec, nullptr), "open the H.264 encoder");
}

void VideoWriter::Impl::open_scaler() {
    const int flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP;
    scaler.reset(sws_getContext(settings.width, settings.height, AV_PIX_FMT_RGB24, settings.width, settings.height,
                                AV_PIX_FMT_YUV420P, flags, nullptr, nullptr, nullptr));
    if (!scaler) fail("convert its colours", AVERROR(EINVAL));
    const int* matrix = sws_getCoefficients(kMatrix);
    constexpr int one = 1 << 16;
    sws_setColorspaceDetails(scaler.get(), matrix, 1, matrix, 0, 0, one, one);
    frame->format = AV_PIX_FMT_YUV420P;
    frame->width = settings.width;
    frame->height = settings.height;
    frame->color_range = AVCOL_RANGE_MPEG;
    frame->colorspace = kMatrix;
    check(av_frame_get_buffer(frame.get(), 0), "get memory for a frame");
}

void VideoWriter::Impl::open_file() {
    stream = avformat_new_stream(output.get(), nullptr);
    if (stream == nullptr) throw std::bad_alloc();
    check(avcodec_parameters_from_context(stream->codecpar, encoder.get()), "describe its stream");
    stream->time_base = encoder->time_base;
    stream->avg_frame_rate = encoder->framerate;
    output->flags |= AVFMT_FLAG_BITEXACT;
    if (!settings.comment.empty()) av_dict_set(&output->metadata, "comment", settings.comment.c_str(), 0);
    check(avio_open(&output->pb, ffmpeg_url(beside).c_str(), AVIO_FLAG_WRITE), "create the file");
    check(avformat_write_header(output.get(), nullptr), "write its header");
}

void VideoWriter::Impl::write_packets() {
    for (;;) {
        const int result = avcodec_receive_packet(encoder.get(), packet.get());
        if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
        check(result, "encode a frame");
        packet->duration = 1;
        packet->stream_index = stream->index;
        av_packet_rescale_ts(packet.get(), encoder->time_base, stream->time_base);
        check(av_interleaved_write_frame(output.get(), packet.get()), "write a frame");
    }
}

void VideoWriter::Impl::add(const image::Image& image) {
    if (image.width != settings.width || image.height != settings.height) {
        throw Error(ErrorCode::invalid_argument, "A frame of " + std::to_string(image.width) + " x " +
                                                     std::to_string(image.height) + " pixels for " + path.string() +
                                                     ", whose frames have " + std::to_string(settings.width) + " x " +
                                                     std::to_string(settings.height));
    }
    check(av_frame_make_writable(frame.get()), "get memory for a frame");
    const uint8_t* rows[] = {image.rgb.data()};
    const int strides[] = {image.width * 3};
    check(sws_scale(scaler.get(), rows, strides, 0, image.height, frame->data, frame->linesize), "convert its colours");
    frame->pts = next++;
    check(avcodec_send_frame(encoder.get(), frame.get()), "encode a frame");
    write_packets();
}

void VideoWriter::Impl::finish() {
    if (finished) return;
    if (next == 0) throw Error(ErrorCode::invalid_argument, "No frames were given for " + path.string());
    check(avcodec_send_frame(encoder.get(), nullptr), "finish the encoding");
    write_packets();
    check(av_write_trailer(output.get()), "write its index");
    check(avio_closep(&output->pb), "close the file");
    std::error_code error;
    fs::rename(beside, path, error);
    if (error) fail("give the file its name", AVERROR(error.value()));
    finished = true;
}

VideoWriter::VideoWriter(const fs::path& path, const VideoWriterSettings& settings)
    : impl_(std::make_unique<Impl>(path, settings)) {}
VideoWriter::~VideoWriter() = default;
void VideoWriter::add(const image::Image& frame) {
    impl_->add(frame);
}
void VideoWriter::finish() {
    impl_->finish();
}

}  // namespace rest::media
