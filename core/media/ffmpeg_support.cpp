// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/ffmpeg_support.h"

#include <spdlog/spdlog.h>

#include <array>
#include <mutex>
#include <new>
#include <string_view>

#include "core/base/strings.h"
#include "core/media/ffmpeg_handles.h"

namespace rest::media {
namespace {

/// FFmpeg copies `opaque` to the contexts of a decoder's threads.
void note_complaint(void* source, int level) {
    constexpr int kLevelBits = 0xff;  // the other bits are a colour
    if (source == nullptr || (level & kLevelBits) > AV_LOG_INFO) return;
    if (*static_cast<const AVClass* const*>(source) != avcodec_get_class()) return;
    void* listener = static_cast<const AVCodecContext*>(source)->opaque;
    if (listener != nullptr) static_cast<Complaint*>(listener)->store(true);
}

/// Runs on whichever thread calls FFmpeg; formats into its own buffer.
void hand_to_log(void* source, int level, const char* format, va_list arguments) {
    note_complaint(source, level);
    if (level > AV_LOG_WARNING || !spdlog::should_log(spdlog::level::debug)) return;
    std::array<char, 1024> line{};
    int print_prefix = 1;
    av_log_format_line2(source, level, format, arguments, line.data(), static_cast<int>(line.size()), &print_prefix);
    const std::string_view text = trimmed(std::string_view(line.data()));
    if (!text.empty()) spdlog::debug("FFmpeg: {}", text);
}

}  // namespace

std::string ffmpeg_text(int error) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(error, text.data(), text.size());
    return text.data();
}

std::string ffmpeg_version() {
    return av_version_info();
}

void prepare_ffmpeg() {
    // A picture of 8192 x 8192 with four 16-bit channels, plus FFmpeg's padding. A header of a few bytes can request
    // tables of 2 GiB.
    constexpr size_t kLargestBlock = (size_t{8192} * 8192 + (size_t{1} << 20)) * 8;
    static std::once_flag once;
    std::call_once(once, [] {
        av_log_set_callback(hand_to_log);
        av_max_alloc(kLargestBlock);
    });
}

std::string ffmpeg_url(const std::filesystem::path& path) {
    return "file:" + path.string();
}

Frame make_frame() {
    Frame frame(av_frame_alloc());
    if (!frame) throw std::bad_alloc();
    return frame;
}

Packet make_packet() {
    Packet packet(av_packet_alloc());
    if (!packet) throw std::bad_alloc();
    return packet;
}

}  // namespace rest::media
