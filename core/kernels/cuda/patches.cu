// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/cuda/patches.h"

#include "core/kernels/cuda/vectors.h"

namespace rest::kernels::cuda {
namespace {

/// A thread converts 8 neighbouring pixels of one row of one patch.
__global__ void cut(PatchSize size, const uint8_t* frames, PixelScale pixels, __nv_bfloat16* out, int64_t pieces) {
    const int across = size.across(), in_row = size.patch / 8;
    const int64_t values = int64_t{3} * size.patch * size.patch;
    for (int64_t piece = int64_t{blockIdx.x} * blockDim.x + threadIdx.x; piece < pieces;
         piece += int64_t{gridDim.x} * blockDim.x) {
        // In the order of the output: piece of row, row, channel, patch across, patch down, frame.
        int64_t rest = piece;
        const int part = static_cast<int>(rest % in_row);
        rest /= in_row;
        const int y = static_cast<int>(rest % size.patch);
        rest /= size.patch;
        const int channel = static_cast<int>(rest % 3);
        rest /= 3;
        const int64_t patch = rest;
        const int left = static_cast<int>(rest % across);
        rest /= across;
        const int top = static_cast<int>(rest % across);
        const int64_t frame = rest / across;
        const uint8_t* from = frames + ((frame * 3 + channel) * size.side + top * size.patch + y) * size.side +
                              left * size.patch + part * 8;
        const uint2 raw = *reinterpret_cast<const uint2*>(from);
        const float mean = pixels.mean[channel], scale = pixels.scale[channel];
        float turned[8];
        for (int i = 0; i < 8; ++i) {
            const unsigned grey = (i < 4 ? raw.x : raw.y) >> (8 * (i % 4)) & 255u;
            turned[i] = (static_cast<float>(grey) - mean) * scale;
        }
        store8(out + patch * values + (int64_t{channel} * size.patch + y) * size.patch + part * 8, turned);
    }
}

}  // namespace

bool patches_take(const PatchSize& size) {
    return size.patch > 0 && size.patch % 8 == 0 && size.side % 8 == 0 && size.side >= size.patch;
}

#ifndef REST_EMULATED

void patches(const PatchSize& size, const uint8_t* frames, const PixelScale& pixels, void* out, void* stream) {
    constexpr int kThreads = 256;
    constexpr int64_t kMostBlocks = 132 * 32;
    const int64_t pieces = size.frames * size.across() * size.across() * 3 * size.patch * (size.patch / 8);
    if (pieces == 0) return;
    const int64_t wanted = blocks_for(pieces, kThreads);
    cut<<<static_cast<unsigned>(wanted < kMostBlocks ? wanted : kMostBlocks), kThreads, 0,
          static_cast<cudaStream_t>(stream)>>>(size, frames, pixels, static_cast<__nv_bfloat16*>(out), pieces);
    check(cudaGetLastError(), "patches");
}

#endif

}  // namespace rest::kernels::cuda
