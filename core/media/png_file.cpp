// SPDX-License-Identifier: GPL-3.0-or-later
#include <png.h>

#include <memory>
#include <string>

#include "core/base/atomic_file.h"
#include "core/media/picture_file.h"

namespace rest::media {
namespace {

struct FreePng {
    void operator()(png_image* image) const { png_image_free(image); }
};

[[noreturn]] void fail(const std::filesystem::path& path, const png_image& png) {
    throw Error(ErrorCode::damaged, path.string() + " is not a PNG that can be read: " + png.message,
                "Replace it with an intact PNG file.");
}

}  // namespace

void write_png(const std::filesystem::path& path, const image::Image& image) {
    if (image.empty()) throw Error(ErrorCode::invalid_argument, "An empty picture for " + path.string());
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = static_cast<png_uint_32>(image.width);
    png.height = static_cast<png_uint_32>(image.height);
    png.format = PNG_FORMAT_RGB;
    const std::unique_ptr<png_image, FreePng> owner(&png);
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png);
    std::string bytes(size, '\0');
    if (!png_image_write_to_memory(&png, bytes.data(), &size, 0, image.rgb.data(), 0, nullptr)) {
        throw Error(ErrorCode::io, "Cannot write " + path.string() + ": " + png.message);
    }
    bytes.resize(size);
    write_file_atomically(path, bytes);
}

image::Image read_png(const std::filesystem::path& path) {
    const std::string bytes = read_file(path);
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, FreePng> owner(&png);
    if (!png_image_begin_read_from_memory(&png, bytes.data(), bytes.size())) fail(path, png);
    constexpr int64_t max_pixels = int64_t{8192} * 8192;
    if (static_cast<int64_t>(png.width) * png.height > max_pixels) {
        throw Error(ErrorCode::unsupported, path.string() + " has " + std::to_string(png.width) + " x " +
                                                std::to_string(png.height) + " pixels, more than can be used");
    }
    // Read with alpha and drop it: libpng would otherwise blend with a background.
    png.format = PNG_FORMAT_RGBA;
    std::vector<uint8_t> rgba(PNG_IMAGE_SIZE(png));
    if (!png_image_finish_read(&png, nullptr, rgba.data(), 0, nullptr)) fail(path, png);
    image::Image image(static_cast<int>(png.width), static_cast<int>(png.height));
    for (size_t i = 0, n = rgba.size() / 4; i < n; ++i) {
        for (size_t c = 0; c < 3; ++c) image.rgb[3 * i + c] = rgba[4 * i + c];
    }
    return image;
}

}  // namespace rest::media
