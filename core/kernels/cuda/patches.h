// SPDX-License-Identifier: GPL-3.0-or-later
// Converts pixels to the input of a vision transformer's first product. No LibTorch here: pointers, sizes and a stream.
#pragma once

#include <cstdint>

namespace rest::kernels::cuda {

/// Frames (frames, 3, side, side) uint8, planar, aligned to 8 bytes; side and patch multiples of 8 pixels. Patches
/// start at the left and top; the remainder is left out.
struct PatchSize {
    int64_t frames;
    int side, patch;
    constexpr int across() const { return side / patch; }
};

bool patches_take(const PatchSize& size);

/// out (frames * across^2, 3 * patch^2) bfloat16, each patch's values by channel, row and column: (pixel - mean) *
/// scale. mean and scale: one value per channel, in grey levels.
struct PixelScale {
    float mean[3];
    float scale[3];
};
void patches(const PatchSize& size, const uint8_t* frames, const PixelScale& pixels, void* out, void* stream);

}  // namespace rest::kernels::cuda
