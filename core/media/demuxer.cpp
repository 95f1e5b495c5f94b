// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/demuxer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cerrno>
#include <vector>

#include "core/media/ffmpeg_support.h"
#include "core/media/stream_choice.h"

namespace rest::media {

namespace fs = std::filesystem;

namespace {

/// Containers that hold their own frames. Playlists and the like are excluded: they make FFmpeg open other files.
constexpr const char* kContainers =
    "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,flv,asf,ogg,gif,mxf,nut,ivf,obu,rm,dv,wtv,swf,"
    "yuv4mpegpipe,apng,wav,mp3,aac,flac,aiff,amr";

int time_is_up(void* deadline) {
    return static_cast<const Deadline*>(deadline)->passed() ? 1 : 0;
}

struct FreeOptions {
    AVDictionary* options = nullptr;
    ~FreeOptions() { av_dict_free(&options); }
};

/// Probes the streams. FFmpeg decodes a few frames for that, under the same pixel limit.
int find_streams(AVFormatContext& input, const MediaLimits& limits) {
    std::vector<AVDictionary*> options(input.nb_streams);
    for (AVDictionary*& of_stream : options) av_dict_set_int(&of_stream, "max_pixels", limits.max_pixels, 0);
    const int found = avformat_find_stream_info(&input, options.data());
    for (AVDictionary*& of_stream : options) av_dict_free(&of_stream);
    return found;
}

}  // namespace

tl::unexpected<Problem> Demuxer::problem(ErrorCode code, const std::string& message, const std::string& remedy) const {
    return tl::make_unexpected(Problem{code, path_.string(), message, remedy});
}

tl::unexpected<Problem> Demuxer::too_slow() const {
    return problem(ErrorCode::damaged, fmt::format("gave nothing more for {} seconds", limits_.stall_seconds),
                   "Check the disk, or convert the video to MP4 with ffmpeg.");
}

void Demuxer::made_progress(const ReadProgress& progress) {
    start_clock();
    if (limits_.watch) limits_.watch(progress);
}

Expected<std::unique_ptr<Demuxer>> Demuxer::open(const fs::path& path, const MediaLimits& limits) {
    prepare_ffmpeg();
    std::unique_ptr<Demuxer> demuxer(new Demuxer(path, limits));
    demuxer->start_clock();
    if (auto ok = demuxer->check_file(); !ok) return tl::make_unexpected(ok.error());
    if (auto ok = demuxer->open_input(); !ok) return tl::make_unexpected(ok.error());
    const std::string choice = describe_choice(*demuxer->input_, demuxer->stream_);
    if (!choice.empty()) spdlog::info("{}: {}", path.string(), choice);
    return demuxer;
}

Expected<void> Demuxer::check_file() const {
    std::error_code error;
    const fs::file_status status = fs::status(path_, error);
    if (!fs::exists(status)) return problem(ErrorCode::not_found, "is not there", "Check the path.");
    if (!fs::is_regular_file(status))
        return problem(ErrorCode::unsupported, "is not a file", "Give the path of a file.");
    if (fs::file_size(path_, error) == 0 && !error) {
        return problem(ErrorCode::damaged, "is empty", "Download or copy it again.");
    }
    return {};
}

Expected<void> Demuxer::open_input() {
    AVFormatContext* context = avformat_alloc_context();
    if (context == nullptr) throw std::bad_alloc();
    context->interrupt_callback = {time_is_up, &deadline_};
    FreeOptions owner;
    av_dict_set(&owner.options, "protocol_whitelist", "file", 0);
    av_dict_set(&owner.options, "format_whitelist", kContainers, 0);
    av_dict_set_int(&owner.options, "max_streams", limits_.max_streams, 0);
    av_dict_set_int(&owner.options, "probesize", limits_.probe_bytes, 0);
    const int opened = avformat_open_input(&context, ffmpeg_url(path_).c_str(), nullptr, &owner.options);
    if (opened < 0) {  // FFmpeg has freed the context
        if (late()) return too_slow();
        if (opened == AVERROR(EACCES)) return problem(ErrorCode::io, "may not be read", "Check its permissions.");
        return problem(ErrorCode::damaged,
                       "is not a video that can be read, or is cut short (" + ffmpeg_text(opened) + ")",
                       "Download or copy it again, or convert it to MP4 with ffmpeg.");
    }
    input_.reset(context);
    if (find_streams(*context, limits_) < 0 && late()) return too_slow();
    return choose_stream();
}

Expected<void> Demuxer::choose_stream() {
    if (input_->nb_streams > static_cast<unsigned>(limits_.max_streams)) {
        return problem(
            ErrorCode::unsupported,
            "has " + std::to_string(input_->nb_streams) + " streams, more than " + std::to_string(limits_.max_streams),
            "Convert it to MP4 with ffmpeg, keeping the video stream alone.");
    }
    stream_ = choose_video_stream(*input_);
    for (unsigned i = 0; i < input_->nb_streams; ++i) {
        if (static_cast<int>(i) != stream_) input_->streams[i]->discard = AVDISCARD_ALL;
    }
    if (stream_ < 0)
        return problem(ErrorCode::unsupported, "has no video in it", "Choose a file with moving pictures.");
    const int64_t pixels = int64_t{parameters().width} * parameters().height;
    if (pixels > limits_.max_pixels) {
        return problem(ErrorCode::unsupported,
                       "has frames of " + std::to_string(parameters().width) + " x " +
                           std::to_string(parameters().height) + " pixels, more than can be used",
                       "Scale it down with ffmpeg.");
    }
    return {};
}

bool Demuxer::read(AVPacket& packet) {
    for (;;) {
        av_packet_unref(&packet);
        if (late() || av_read_frame(input_.get(), &packet) < 0) return false;
        start_clock();
        if (packet.stream_index == stream_) return true;
    }
}

bool Demuxer::seek(int64_t timestamp) {
    return av_seek_frame(input_.get(), stream_, timestamp, AVSEEK_FLAG_BACKWARD) >= 0;
}

Expected<void> Demuxer::reopen() {
    input_.reset();
    return open_input();
}

}  // namespace rest::media
