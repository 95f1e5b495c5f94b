// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/frame_converter.h"

#include <array>
#include <cstring>
#include <new>

#include "core/media/ffmpeg_support.h"
#include "core/media/turned_frame.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace rest::media {
namespace {

struct Option {
    const char* name;
    int64_t value;
};

/// From version 7 on, the ffmpeg program passes a frame's range to the scaler before its setup, which improves grey
/// formats, and takes the coefficients of RGB literally; earlier versions set the range afterwards.
constexpr bool kLiberalColours = LIBSWSCALE_VERSION_MAJOR >= 8;

const int* coefficients(int matrix) {
    const bool known = matrix >= (kLiberalColours ? AVCOL_SPC_RGB : AVCOL_SPC_BT709) && matrix <= AVCOL_SPC_BT2020_CL &&
                       matrix != AVCOL_SPC_YCGCO;
    return sws_getCoefficients(known ? matrix : SWS_CS_DEFAULT);
}

/// Sets matrix and range as the ffmpeg program's scale filter does. If a frame specifies no range, the scaler's own
/// default stays.
void tell_colours(SwsContext& scaler, int matrix, int range) {
    int *of_source = nullptr, *of_result = nullptr;
    int source_is_full = 0, result_is_full = 0, brightness = 0, contrast = 0, saturation = 0;
    sws_getColorspaceDetails(&scaler, &of_source, &source_is_full, &of_result, &result_is_full, &brightness, &contrast,
                             &saturation);
    if (!kLiberalColours && range != AVCOL_RANGE_UNSPECIFIED) source_is_full = range == AVCOL_RANGE_JPEG ? 1 : 0;
    // The return value only says whether this pixel format uses a matrix at all.
    sws_setColorspaceDetails(&scaler, coefficients(matrix), source_is_full,
                             kLiberalColours ? coefficients(AVCOL_SPC_RGB) : of_result, result_is_full, brightness,
                             contrast, saturation);
}

}  // namespace

FrameConverter::FrameConverter(int width, int height) : width_(width), height_(height), rgb_(make_frame()) {}

bool FrameConverter::prepare(const Kind& kind) {
    if (scaler_ && kind == kind_) return true;
    if (rgb_->width != kind.to_width || rgb_->height != kind.to_height) {
        av_frame_unref(rgb_.get());
        rgb_->format = AV_PIX_FMT_RGB24;
        rgb_->width = kind.to_width;
        rgb_->height = kind.to_height;
        // swscale may write past a row's end, up to this alignment.
        if (av_frame_get_buffer(rgb_.get(), 64) < 0) throw std::bad_alloc();
    }
    kind_ = kind;
    return make_scaler(kind);
}

bool FrameConverter::make_scaler(const Kind& kind) {
    scaler_.reset(sws_alloc_context());
    if (!scaler_) throw std::bad_alloc();
    const std::array<Option, 7> options{{{"srcw", kind.width},
                                         {"srch", kind.height},
                                         {"src_format", kind.format},
                                         {"dstw", kind.to_width},
                                         {"dsth", kind.to_height},
                                         {"dst_format", AV_PIX_FMT_RGB24},
                                         {"sws_flags", SWS_BICUBIC}}};
    bool ok = true;
    for (const auto& [name, value] : options) ok = ok && av_opt_set_int(scaler_.get(), name, value, 0) >= 0;
    if (kLiberalColours && kind.range != AVCOL_RANGE_UNSPECIFIED) {
        ok = ok && av_opt_set_int(scaler_.get(), "src_range", kind.range == AVCOL_RANGE_JPEG ? 1 : 0, 0) >= 0;
    }
    ok = ok && sws_init_context(scaler_.get(), nullptr, nullptr) >= 0;
    if (ok)
        tell_colours(*scaler_, kind.matrix, kind.range);
    else
        scaler_.reset();
    return ok;
}

std::optional<image::Image> FrameConverter::convert(const AVFrame& frame, const Orientation& orientation) {
    if (frame.width <= 0 || frame.height <= 0) return std::nullopt;
    const bool turn_first = orientation.changes() && turns_as_stored(frame.format, orientation);
    const Frame turned = turn_first ? turned_frame(frame, orientation) : nullptr;
    const AVFrame& stored = turned ? *turned : frame;
    const Orientation rest = turned ? Orientation{} : orientation;
    const Kind kind{.width = stored.width,
                    .height = stored.height,
                    .format = stored.format,
                    .to_width = rest.transposed ? height_ : width_,
                    .to_height = rest.transposed ? width_ : height_,
                    .matrix = number_of(frame.colorspace),
                    .range = number_of(frame.color_range)};
    if (!prepare(kind)) return std::nullopt;
    const int rows =
        sws_scale(scaler_.get(), stored.data, stored.linesize, 0, stored.height, rgb_->data, rgb_->linesize);
    if (rows != rgb_->height) return std::nullopt;
    return upright(rest);
}

image::Image FrameConverter::upright(const Orientation& orientation) const {
    image::Image image(width_, height_);
    const ptrdiff_t stride = ptrdiff_t{3} * width_;
    if (!orientation.changes()) {
        for (int y = 0; y < height_; ++y)
            std::memcpy(image.row(y), rgb_->data[0] + static_cast<ptrdiff_t>(y) * rgb_->linesize[0], stride);
    } else {
        turn_plane({rgb_->data[0], rgb_->linesize[0], image.rgb.data(), stride, width_, height_, 3}, orientation);
    }
    return image;
}

}  // namespace rest::media
