// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/frame_cache.h"

#include <spdlog/spdlog.h>

#include <optional>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/image/view.h"
#include "core/media/cache_entry.h"
#include "core/media/picture_file.h"

namespace rest::media {

namespace fs = std::filesystem;

namespace {

using Jpegs = std::vector<std::vector<uint8_t>>;

/// The frames of an entry, or empty if there is no valid one.
std::optional<std::vector<image::Image>> load(const fs::path& entry, const CacheKey& key, int samples) {
    std::error_code error;
    if (!fs::exists(entry, error)) return std::nullopt;
    try {
        const std::string bytes = read_file(entry);
        const auto jpegs = unpack_entry(bytes, key);
        if (!jpegs || jpegs->size() != static_cast<size_t>(samples)) return std::nullopt;
        std::vector<image::Image> images;
        for (const auto& jpeg : *jpegs) {
            auto image = decode_jpeg(jpeg);
            if (!image) return std::nullopt;
            images.push_back(std::move(*image));
        }
        return images;
    } catch (const Error& e) {
        spdlog::debug("Frames are made anew: {}", e.what());
        return std::nullopt;
    }
}

Expected<Jpegs> make(const fs::path& video, const FrameCacheSettings& settings, const MediaLimits& limits) {
    auto reader = VideoReader::open(video, limits);
    if (!reader) return tl::make_unexpected(reader.error());
    const auto frames = reader->sample(settings.samples);
    if (!frames) return tl::make_unexpected(frames.error());
    Jpegs jpegs;
    for (const image::Image& frame : *frames) {
        jpegs.push_back(encode_jpeg(image::limit_short_side(frame, settings.short_side), settings.jpeg_quality));
    }
    return jpegs;
}

void store(const fs::path& entry, const CacheKey& key, const Jpegs& jpegs, int samples) {
    make_folder(entry.parent_path());
    try {
        write_file_atomically(entry, pack_entry(key, jpegs));
    } catch (const Error& e) {
        // Another thread may just have stored the same frames.
        if (e.code() == ErrorCode::no_space || !load(entry, key, samples)) throw;
    }
}

}  // namespace

FrameCache::FrameCache(FrameCacheSettings settings, MediaLimits limits)
    : settings_(std::move(settings)), limits_(limits) {
    const auto refuse = [](const std::string& what) { throw Error(ErrorCode::invalid_argument, what); };
    if (settings_.samples < 1) refuse("A frame cache of " + std::to_string(settings_.samples) + " samples");
    if (settings_.jpeg_quality < 1 || settings_.jpeg_quality > 100) {
        refuse("A JPEG quality of " + std::to_string(settings_.jpeg_quality) + "; it must be from 1 to 100");
    }
}

Expected<std::vector<image::Image>> FrameCache::frames(const fs::path& video) const {
    // Computed before decoding: if the video changes meanwhile, the entry is invalid.
    const auto key = settings_.folder.empty() ? std::nullopt : cache_key(video, settings_);
    const fs::path entry = key ? cache_path(settings_.folder, *key) : fs::path();
    if (key) {
        if (auto kept = load(entry, *key, settings_.samples)) return std::move(*kept);
    }
    const auto jpegs = make(video, settings_, limits_);
    if (!jpegs) return tl::make_unexpected(jpegs.error());
    if (key) store(entry, *key, *jpegs, settings_.samples);
    std::vector<image::Image> images;
    for (const auto& jpeg : *jpegs) {
        auto image = decode_jpeg(jpeg);
        if (!image) return tl::make_unexpected(image.error());
        images.push_back(std::move(*image));
    }
    return images;
}

}  // namespace rest::media
