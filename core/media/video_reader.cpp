// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/video_reader.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>

#include "core/base/parallel.h"
#include "core/media/frame_converter.h"
#include "core/media/frame_count.h"
#include "core/media/frame_source.h"
#include "core/media/frame_times.h"

namespace rest::media {

namespace fs = std::filesystem;

struct VideoReader::Impl {
    explicit Impl(std::unique_ptr<Demuxer> opened) : demuxer(std::move(opened)) {}
    Expected<void> open();
    Expected<std::vector<image::Image>> frames(std::span<const int64_t> indices);

  private:
    enum class Found { yes, damaged, no };

    Expected<std::vector<image::Image>> read_all(std::span<const int64_t> indices);
    Expected<image::Image> read(int64_t index);
    void stop_dropping();
    Found decode_to(int64_t index);
    bool can_go_on_to(int64_t index) const;
    void restart(int64_t packet);
    void step();
    void begin_at_the_start_only();
    int64_t last_needed(std::span<const int64_t> indices, size_t i) const;
    int64_t start_for(int64_t index) const { return from_the_start_only ? 0 : packets.start_for(index); }
    tl::unexpected<Problem> missing(int64_t index) const;
    Orientation first_orientation() const;
    bool as_believed(const AVFrame& frame) const;
    Expected<void> count();
    Expected<void> describe();

  public:
    std::unique_ptr<Demuxer> demuxer;
    PacketIndex packets;
    std::optional<FrameSource> source;
    std::optional<FrameConverter> converter;
    VideoInfo info;
    std::vector<double> times;

  private:
    int stored_width = 0;  // of the first frame
    int stored_height = 0;
    std::vector<Orientation> turned;   // of each frame, once counted by decoding
    const AVFrame* current = nullptr;  // the source's latest frame
    int64_t place = -1;                // its number, -1 none yet
    bool running = false;              // the source can be asked for the next frame
    bool counted = false;              // by decoding
    bool by_number = false;            // frames do not identify their packets: count them from the start
    bool from_the_start_only = false;  // damaged: the output depends on all earlier packets
};

Expected<void> VideoReader::Impl::open() {
    stored_width = demuxer->parameters().width;
    stored_height = demuxer->parameters().height;
    auto index = index_packets(*demuxer);
    if (!index) return tl::make_unexpected(index.error());
    packets = std::move(*index);
    auto opened = FrameSource::open(*demuxer, packets);
    if (!opened) return tl::make_unexpected(opened.error());
    source = std::move(*opened);
    if (!packets.doubt.empty()) return count();
    return describe();
}

/// Decodes everything once: the frames are those that are output.
Expected<void> VideoReader::Impl::count() {
    auto result = count_frames(*source, *demuxer, packets.packets.size());
    if (!result) return tl::make_unexpected(result.error());
    spdlog::debug("{} packets decode to {} frames ({})", packets.packets.size(), result->shown.size(),
                  packets.doubt.empty() ? "their index was wrong" : packets.doubt);
    by_number = !result->named;
    from_the_start_only = result->damaged || packets.cut || by_number || packets.parameters_change;
    counted = true;
    packets.set_shown(std::move(result->shown));
    turned = std::move(result->turned);
    stored_width = result->width;
    stored_height = result->height;
    running = false;
    return describe();
}

Expected<void> VideoReader::Impl::describe() {
    const Orientation orientation = first_orientation();
    const AVCodecParameters& parameters = demuxer->parameters();
    info.frames = static_cast<int64_t>(packets.shown.size());
    if (packets.shown.empty() || stored_width <= 0 || stored_height <= 0) {
        return demuxer->problem(ErrorCode::damaged, "has no frame that can be decoded", "Download or copy it again.");
    }
    if (!orientation.exact) {
        spdlog::warn("{} is to be turned by no multiple of 90 degrees; the nearest is taken: {}",
                     demuxer->path().string(), orientation.degrees());
    }
    times = frame_times(packets, demuxer->stream());
    info.rotation = orientation.degrees();
    info.width = orientation.transposed ? stored_height : stored_width;
    info.height = orientation.transposed ? stored_width : stored_height;
    info.codec = avcodec_get_name(parameters.codec_id);
    info.container = demuxer->container();
    describe_timing(packets, demuxer->stream(), times, info);
    converter.emplace(info.width, info.height);
    return {};
}

Orientation VideoReader::Impl::first_orientation() const {
    return turned.empty() ? orientation_of(demuxer->stream()) : turned.front();
}

/// The first frame decides size and orientation of all. The container's values are assumed until a decoded frame
/// differs.
bool VideoReader::Impl::as_believed(const AVFrame& frame) const {
    return frame.width == stored_width && frame.height == stored_height &&
           orientation_of(frame, demuxer->stream()) == first_orientation();
}

bool VideoReader::Impl::can_go_on_to(int64_t index) const {
    const int64_t start = start_for(index);
    if (!running || source->stopped()) return false;
    return place < index && source->started_at() <= start && start <= source->fed();
}

/// Decodes until `current` is frame `index`.
VideoReader::Impl::Found VideoReader::Impl::decode_to(int64_t index) {
    if (!running || place != index) {
        if (!can_go_on_to(index)) restart(start_for(index));
        while (running && place < index) step();
    }
    if (!running || place != index) {
        running = false;
        return Found::no;
    }
    return source->damaged() && !from_the_start_only ? Found::damaged : Found::yes;
}

void VideoReader::Impl::restart(int64_t packet) {
    place = -1;
    running = from_the_start_only ? source->start_anew_at(packet) : source->start_at(packet);
}

/// Takes the next frame; `running` is false afterwards if there is none, or if frames are not in the index's order.
void VideoReader::Impl::step() {
    current = source->next();
    running = current != nullptr;
    if (!running) return;
    if (by_number) {
        ++place;
        return;
    }
    const int64_t packet = current->pts;
    const bool known = packet >= 0 && packet < static_cast<int64_t>(packets.rank.size());
    const int64_t rank = known ? packets.rank[packet] : -1;
    // After a seek, a frame that is not among the counted ones can be output: ignored.
    if (rank < 0) return;
    running = rank > place;
    place = rank;
}

Expected<image::Image> VideoReader::Impl::read(int64_t index) {
    if (index >= info.frames) return missing(index);  // frames were recounted after the request
    Found found = decode_to(index);
    if (found != Found::yes && !demuxer->late()) {
        // In any case of failure, decoding everything from the first packet defines the frames.
        begin_at_the_start_only();
        found = decode_to(index);
    }
    if (found == Found::no && !counted && !demuxer->late()) {
        if (auto ok = count(); !ok) return tl::make_unexpected(ok.error());
        if (index >= info.frames) return missing(index);
        found = decode_to(index);
    }
    if (found != Found::no && !counted && !as_believed(*current)) {
        if (auto ok = count(); !ok) return tl::make_unexpected(ok.error());
        if (index >= info.frames) return missing(index);
        found = decode_to(index);
    }
    if (found == Found::no) return demuxer->late() ? demuxer->too_slow() : missing(index);
    std::optional<image::Image> image = converter->convert(*current, counted ? turned[index] : first_orientation());
    if (image) return std::move(*image);
    running = false;
    return demuxer->problem(ErrorCode::unsupported, "holds frames whose colours cannot be converted",
                            "Convert it to MP4 with ffmpeg.");
}

void VideoReader::Impl::begin_at_the_start_only() {
    from_the_start_only = true;
    running = false;
    stop_dropping();
}

/// The packet after which the decoder needs no more input for `indices[i]`, because the next index, if any, is decoded
/// from a later key frame. None for a single frame (the next call may request its neighbour) and if a packet may be
/// half a frame.
int64_t VideoReader::Impl::last_needed(std::span<const int64_t> indices, size_t i) const {
    const bool none = from_the_start_only || !packets.doubt.empty() || indices.size() == 1;
    if (none || indices.back() >= info.frames) return FrameSource::kNoLast;
    const int64_t packet = packets.shown[indices[i]];
    const auto next = std::upper_bound(indices.begin() + static_cast<ptrdiff_t>(i), indices.end(), indices[i]);
    return next == indices.end() || start_for(*next) > packet ? packet : FrameSource::kNoLast;
}

tl::unexpected<Problem> VideoReader::Impl::missing(int64_t index) const {
    return demuxer->problem(ErrorCode::damaged,
                            "frame " + std::to_string(index) + " cannot be decoded; " + std::to_string(info.frames) +
                                " frames were counted",
                            "Check that the file is not being written, or convert it to MP4 with ffmpeg.");
}

Expected<std::vector<image::Image>> VideoReader::Impl::frames(std::span<const int64_t> indices) {
    demuxer->start_clock();
    const bool believed = !counted;
    Expected<std::vector<image::Image>> images = tl::make_unexpected(Problem{});
    try {
        images = read_all(indices);
        // Recounted meanwhile: these numbers now mean other frames, or the size has changed.
        if (images && believed && counted) images = read_all(indices);
    } catch (...) {  // thrown by a watcher
        running = false;
        stop_dropping();
        throw;
    }
    if (!images) running = false;  // frames before the last requested one may have been dropped
    stop_dropping();
    return images;
}

Expected<std::vector<image::Image>> VideoReader::Impl::read_all(std::span<const int64_t> indices) {
    if (!from_the_start_only && !indices.empty()) {
        source->set_droppable([this, indices](int64_t packet) {
            const int64_t rank = packets.rank[packet];
            return rank < indices.back() && !std::binary_search(indices.begin(), indices.end(), rank);
        });
    }
    std::vector<image::Image> images;
    for (size_t i = 0; i < indices.size(); ++i) {
        if (i > 0 && indices[i] == indices[i - 1]) {
            images.push_back(images.back());
            continue;
        }
        source->set_last(last_needed(indices, i));
        auto image = read(indices[i]);
        if (!image) return tl::make_unexpected(image.error());
        images.push_back(std::move(*image));
    }
    return images;
}

void VideoReader::Impl::stop_dropping() {
    source->set_droppable({});
    source->set_last(FrameSource::kNoLast);
}

int threads_for_one_clip() {
    return processor_count() > 1 ? 4 : 1;
}

std::vector<int64_t> uniform_sample(int64_t frames, int samples) {
    if (frames <= 0 || samples <= 0) {
        throw Error(ErrorCode::invalid_argument,
                    "Cannot take " + std::to_string(samples) + " samples of " + std::to_string(frames) + " frames");
    }
    std::vector<int64_t> indices(samples);
    for (int i = 0; i < samples; ++i) indices[i] = (2 * i + 1) * frames / (2 * samples);
    return indices;
}

VideoReader::VideoReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VideoReader::VideoReader(VideoReader&&) noexcept = default;
VideoReader& VideoReader::operator=(VideoReader&&) noexcept = default;
VideoReader::~VideoReader() = default;

Expected<VideoReader> VideoReader::open(const fs::path& path, const MediaLimits& limits) {
    auto demuxer = Demuxer::open(path, limits);
    if (!demuxer) return tl::make_unexpected(demuxer.error());
    auto impl = std::make_unique<Impl>(std::move(*demuxer));
    if (auto ok = impl->open(); !ok) return tl::make_unexpected(ok.error());
    return VideoReader(std::move(impl));
}

const VideoInfo& VideoReader::info() const {
    return impl_->info;
}
const std::vector<double>& VideoReader::times_seconds() const {
    return impl_->times;
}

Expected<image::Image> VideoReader::frame(int64_t i) {
    auto images = frames({&i, 1});
    if (!images) return tl::make_unexpected(images.error());
    return std::move(images->front());
}

Expected<std::vector<image::Image>> VideoReader::frames(std::span<const int64_t> indices) {
    const bool outside = !indices.empty() && (indices.front() < 0 || indices.back() >= info().frames);
    if (outside || !std::is_sorted(indices.begin(), indices.end())) {
        throw Error(ErrorCode::invalid_argument,
                    "Frame numbers must ascend and be below " + std::to_string(info().frames));
    }
    return impl_->frames(indices);
}

Expected<std::vector<image::Image>> VideoReader::sample(int samples) {
    const int64_t believed = info().frames;
    auto images = frames(uniform_sample(believed, samples));
    // Decoding may have shown that there are fewer: then sample again, now that the count is certain.
    if (info().frames != believed && info().frames > 0) return frames(uniform_sample(info().frames, samples));
    return images;
}

}  // namespace rest::media
