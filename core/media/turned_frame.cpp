// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/turned_frame.h"

#include <array>
#include <cstring>
#include <new>

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

namespace rest::media {
namespace {

template <int kStep>
void turn_rows(const PlaneTurn& plane, const Orientation& o) {
    for (int y = 0; y < plane.height; ++y) {
        const int v = o.mirrored_y ? plane.height - 1 - y : y;
        uint8_t* out = plane.to + y * plane.to_stride;
        for (int x = 0; x < plane.width; ++x, out += kStep) {
            const int u = o.mirrored_x ? plane.width - 1 - x : x;
            const ptrdiff_t row = o.transposed ? u : v, column = o.transposed ? v : u;
            std::memcpy(out, plane.from + row * plane.from_stride + column * kStep, kStep);
        }
    }
}

int rounded_up_shift(int size, int shift) {
    return -(-size >> shift);
}

/// Number of rows, or pixels per row, of one plane of a frame with that many.
int plane_size(int size, int plane, int shift) {
    return plane == 1 || plane == 2 ? rounded_up_shift(size, shift) : size;
}

Frame upside_down(const AVFrame& frame, const AVPixFmtDescriptor& format) {
    Frame turned = make_frame();
    turned->format = frame.format;
    turned->width = frame.width;
    turned->height = frame.height;
    const bool palette = (format.flags & AV_PIX_FMT_FLAG_PAL) != 0;
    for (int i = 0; i < 4; ++i) {
        turned->data[i] = frame.data[i];
        turned->linesize[i] = frame.linesize[i];
        if (frame.data[i] == nullptr || (palette && i == 1)) continue;
        turned->data[i] += ptrdiff_t{plane_size(frame.height, i, format.log2_chroma_h) - 1} * frame.linesize[i];
        turned->linesize[i] = -frame.linesize[i];
    }
    return turned;
}

}  // namespace

void turn_plane(const PlaneTurn& plane, const Orientation& orientation) {
    switch (plane.step) {
        case 1:
            return turn_rows<1>(plane, orientation);
        case 2:
            return turn_rows<2>(plane, orientation);
        case 3:
            return turn_rows<3>(plane, orientation);
        case 4:
            return turn_rows<4>(plane, orientation);
        case 6:
            return turn_rows<6>(plane, orientation);
        case 8:
            return turn_rows<8>(plane, orientation);
        case 12:
            return turn_rows<12>(plane, orientation);
        case 16:
            return turn_rows<16>(plane, orientation);
        default:
            break;
    }
}

bool turns_as_stored(int format, const Orientation& orientation) {
    const AVPixFmtDescriptor* found = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
    if (found == nullptr || (found->flags & AV_PIX_FMT_FLAG_HWACCEL) != 0) return false;
    if (!orientation.transposed && !orientation.mirrored_x) return true;
    if ((found->flags & (AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_PAL)) != 0) return false;
    if (found->log2_chroma_w == found->log2_chroma_h) return true;
    const bool in_one_plane = found->nb_components > 1 && found->comp[0].plane == found->comp[1].plane;
    return !orientation.transposed && !in_one_plane;
}

Frame turned_frame(const AVFrame& frame, const Orientation& orientation) {
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    if (format == nullptr) return nullptr;
    if (!orientation.transposed && !orientation.mirrored_x) return upside_down(frame, *format);
    Frame turned = make_frame();
    turned->format = frame.format;
    turned->width = orientation.transposed ? frame.height : frame.width;
    turned->height = orientation.transposed ? frame.width : frame.height;
    if (av_frame_get_buffer(turned.get(), 64) < 0) throw std::bad_alloc();
    std::array<int, 4> steps{};
    av_image_fill_max_pixsteps(steps.data(), nullptr, format);
    for (int i = 0; i < 4 && frame.data[i] != nullptr && turned->data[i] != nullptr; ++i) {
        turn_plane({frame.data[i], frame.linesize[i], turned->data[i], turned->linesize[i],
                    plane_size(turned->width, i, format->log2_chroma_w),
                    plane_size(turned->height, i, format->log2_chroma_h), steps[i]},
                   orientation);
    }
    return turned;
}

}  // namespace rest::media
