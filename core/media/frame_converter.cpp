// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/frame_converter.h"

#include <cstring>
#include <new>

#include "core/media/ffmpeg_support.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace rest::media {
namespace {

bool full_range(const AVFrame& frame) {
    switch (frame.format) {
        case AV_PIX_FMT_YUVJ411P:
        case AV_PIX_FMT_YUVJ420P:
        case AV_PIX_FMT_YUVJ422P:
        case AV_PIX_FMT_YUVJ440P:
        case AV_PIX_FMT_YUVJ444P:
            return true;
        default:
            return number_of(frame.color_range) == AVCOL_RANGE_JPEG;
    }
}

}  // namespace

FrameConverter::FrameConverter(int width, int height, const Orientation& orientation)
    : width_(width), height_(height), orientation_(orientation), rgb_(make_frame()) {
    rgb_->format = AV_PIX_FMT_RGB24;
    rgb_->width = width;
    rgb_->height = height;
    // swscale may write past a row's end, up to the alignment that this gives.
    if (av_frame_get_buffer(rgb_.get(), 64) < 0) throw std::bad_alloc();
}

bool FrameConverter::prepare(const AVFrame& frame) {
    const auto format = static_cast<AVPixelFormat>(frame.format);
    scaler_.reset(sws_getCachedContext(scaler_.release(), frame.width, frame.height, format, width_, height_,
                                       AV_PIX_FMT_RGB24, SWS_BICUBIC, nullptr, nullptr, nullptr));
    if (!scaler_) return false;
    const int* matrix = sws_getCoefficients(number_of(frame.colorspace));
    constexpr int one = 1 << 16;
    // The result only says whether this kind of frame has a matrix at all.
    sws_setColorspaceDetails(scaler_.get(), matrix, full_range(frame) ? 1 : 0, sws_getCoefficients(SWS_CS_DEFAULT), 1,
                             0, one, one);
    return true;
}

std::optional<image::Image> FrameConverter::convert(const AVFrame& frame) {
    if (frame.width <= 0 || frame.height <= 0 || !prepare(frame)) return std::nullopt;
    const int rows = sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, rgb_->data, rgb_->linesize);
    if (rows != height_) return std::nullopt;
    return upright();
}

image::Image FrameConverter::upright() const {
    const Orientation& o = orientation_;
    image::Image image(o.transposed ? height_ : width_, o.transposed ? width_ : height_);
    for (int y = 0; y < image.height; ++y) {
        const int v = o.mirrored_y ? image.height - 1 - y : y;
        uint8_t* out = image.row(y);
        if (!o.transposed && !o.mirrored_x) {
            std::memcpy(out, rgb_->data[0] + static_cast<ptrdiff_t>(v) * rgb_->linesize[0], 3 * size_t(width_));
            continue;
        }
        for (int x = 0; x < image.width; ++x, out += 3) {
            const int u = o.mirrored_x ? image.width - 1 - x : x;
            const ptrdiff_t row = o.transposed ? u : v, column = o.transposed ? v : u;
            std::memcpy(out, rgb_->data[0] + row * rgb_->linesize[0] + 3 * column, 3);
        }
    }
    return image;
}

}  // namespace rest::media
