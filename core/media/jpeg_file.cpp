// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <jpeglib.h>

#include "core/media/picture_file.h"

namespace rest::media {
namespace {

/// libjpeg ends a failed call by longjmp: only trivial types may live between setjmp and it.
struct Trouble {
    jpeg_error_mgr manager;  // first, so that libjpeg's pointer also points to this struct
    std::jmp_buf back;
    char message[JMSG_LENGTH_MAX];
};

[[noreturn]] void jump_back(j_common_ptr info) {
    auto* trouble = reinterpret_cast<Trouble*>(info->err);
    info->err->format_message(info, trouble->message);
    std::longjmp(trouble->back, 1);
}

void note_warning(j_common_ptr info, int level) {
    if (level >= 0) return;
    // A warning means bytes were missing or wrong: the picture is not the stored one.
    jump_back(info);
}

jpeg_error_mgr* prepare(Trouble& trouble) {
    jpeg_error_mgr* manager = jpeg_std_error(&trouble.manager);
    manager->error_exit = jump_back;
    manager->emit_message = note_warning;
    trouble.message[0] = '\0';
    return manager;
}

bool compress(const image::Image& image, int quality, Trouble& trouble, unsigned char** bytes, unsigned long* size) {
    jpeg_compress_struct info;
    info.err = prepare(trouble);
    if (setjmp(trouble.back)) {
        jpeg_destroy_compress(&info);
        return false;
    }
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, bytes, size);
    info.image_width = static_cast<JDIMENSION>(image.width);
    info.image_height = static_cast<JDIMENSION>(image.height);
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    for (int c = 0; c < 3; ++c) info.comp_info[c].h_samp_factor = info.comp_info[c].v_samp_factor = 1;
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        auto* row = const_cast<JSAMPROW>(image.row(static_cast<int>(info.next_scanline)));
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    return true;
}

enum class Decoded { yes, failed, too_large };

Decoded decompress(std::span<const uint8_t> bytes, int64_t max_pixels, Trouble& trouble, image::Image& image) {
    jpeg_decompress_struct info;
    info.err = prepare(trouble);
    if (setjmp(trouble.back)) {
        jpeg_destroy_decompress(&info);
        return Decoded::failed;
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, bytes.data(), static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&info, TRUE);
    if (static_cast<int64_t>(info.image_width) * info.image_height > max_pixels) {
        jpeg_destroy_decompress(&info);
        return Decoded::too_large;
    }
    info.out_color_space = JCS_RGB;
    jpeg_start_decompress(&info);
    image = image::Image(static_cast<int>(info.output_width), static_cast<int>(info.output_height));
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = image.row(static_cast<int>(info.output_scanline));
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return Decoded::yes;
}

}  // namespace

std::vector<uint8_t> encode_jpeg(const image::Image& image, int quality) {
    Trouble trouble;
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    const bool done = compress(image, std::clamp(quality, 1, 100), trouble, &bytes, &size);
    const std::unique_ptr<unsigned char, decltype(&std::free)> owner(bytes, &std::free);
    if (!done) throw Error(ErrorCode::invalid_argument, std::string("Cannot write a JPEG: ") + trouble.message);
    return {bytes, bytes + size};
}

Expected<image::Image> decode_jpeg(std::span<const uint8_t> bytes, int64_t max_pixels) {
    const auto problem = [](ErrorCode code, const std::string& message) {
        return tl::make_unexpected(Problem{code, {}, message, "Delete the file; it is made again where it can be."});
    };
    if (bytes.empty()) return problem(ErrorCode::damaged, "an empty JPEG");
    Trouble trouble;
    image::Image image;
    switch (decompress(bytes, max_pixels, trouble, image)) {
        case Decoded::yes:
            return image;
        case Decoded::too_large:
            return problem(ErrorCode::unsupported, "a JPEG of more than " + std::to_string(max_pixels) + " pixels");
        case Decoded::failed:
            break;
    }
    return problem(ErrorCode::damaged, std::string("a damaged JPEG: ") + trouble.message);
}

}  // namespace rest::media
