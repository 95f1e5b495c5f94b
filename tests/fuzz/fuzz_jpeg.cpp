// SPDX-License-Identifier: GPL-3.0-or-later
// A JPEG from the frame cache: a project may come from elsewhere together with its cache.
#include "core/media/picture_file.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    constexpr int64_t kMostPixels = int64_t{512} * 512;
    const auto image = media::decode_jpeg({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}, kMostPixels);
    if (!image) {
        promise(!image.error().message.empty(), "a problem says what is wrong");
        return Outcome::refused;
    }
    promise(image->width > 0 && image->height > 0 && int64_t{image->width} * image->height <= kMostPixels,
            "no more pixels than allowed");
    promise(image->rgb.size() == size_t{3} * image->width * image->height, "an image has its pixels");
    return Outcome::read;
}

}  // namespace rest::fuzz
