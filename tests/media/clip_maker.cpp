// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/clip_maker.h"

#include <fstream>

#include "tests/media/test_pictures.h"

namespace rest::test {

std::vector<image::Image> make_clip(const std::filesystem::path& path, int frames,
                                    media::VideoWriterSettings settings) {
    if (settings.width == 0) {
        settings.width = 96;
        settings.height = 64;
    }
    std::vector<image::Image> images;
    media::VideoWriter writer(path, settings);
    for (int i = 0; i < frames; ++i) {
        images.push_back(moving_scene(settings.width, settings.height, i));
        writer.add(images.back());
    }
    writer.finish();
    return images;
}

void damage_file(const std::filesystem::path& path, size_t offset, std::string_view bytes) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(offset));
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace rest::test
