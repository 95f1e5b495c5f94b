// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/image/image.h"

namespace rest::media {

/// JPEG, 4:4:4, so that thin coloured details keep their colour. quality 1..100.
std::vector<uint8_t> encode_jpeg(const image::Image& image, int quality);
Expected<image::Image> decode_jpeg(std::span<const uint8_t> bytes, int64_t max_pixels = int64_t{8192} * 8192);

/// Throws Error (io, no_space).
void write_png(const std::filesystem::path& path, const image::Image& image);
/// 8-bit RGB or grey PNG; alpha is dropped. Throws Error (damaged, not_found).
image::Image read_png(const std::filesystem::path& path);

}  // namespace rest::media
