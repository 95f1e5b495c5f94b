// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/media/frame_cache.h"

namespace rest::media {

/// The key of an entry. Entries are valid only under an equal key.
struct CacheKey {
    std::string identity;  // path and settings: determines the entry's file name
    std::string state;     // size and time of the video: detects changes
};

/// Empty if the video does not exist.
std::optional<CacheKey> cache_key(const std::filesystem::path& video, const FrameCacheSettings& settings);

/// FOLDER/ab/cd/<hash of the identity>.frames
std::filesystem::path cache_path(const std::filesystem::path& folder, const CacheKey& key);

/// The bytes of an entry: version, key, checksum, pictures.
std::string pack_entry(const CacheKey& key, const std::vector<std::vector<uint8_t>>& jpegs);

/// The pictures, as views into `bytes`; empty if the entry has another key or version, or is damaged.
std::optional<std::vector<std::span<const uint8_t>>> unpack_entry(std::string_view bytes, const CacheKey& key);

}  // namespace rest::media
