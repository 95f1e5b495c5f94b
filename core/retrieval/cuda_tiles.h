// SPDX-License-Identifier: GPL-3.0-or-later
// Shared by both users of our CUDA kernels.
#pragma once

#include <ATen/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include "core/tensor/libtorch.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "core/base/task.h"
#include "core/kernels/own_kernels.h"
#include "core/retrieval/exact_scores.h"

namespace rest::retrieval {

inline bool kernels_wanted(torch::Device device) {
    return device.is_cuda() && kernels::own_kernels_wanted();
}

inline int64_t rounded_up(int64_t n, int64_t multiple) {
    return (n + multiple - 1) / multiple * multiple;
}

/// `features` (n, d) on the device, zero-padded to multiples of `rows` rows and of 16 columns.
inline torch::Tensor filled_up(const torch::Tensor& features, int64_t rows, torch::Device device) {
    const int64_t n = features.size(0), d = features.size(1), height = rounded_up(n, rows), width = rounded_up(d, 16);
    if (height == n && width == d) return features.to(device);
    auto out = torch::zeros({height, width}, torch::TensorOptions(device).dtype(torch::kFloat32));
    out.narrow(0, 0, n).narrow(1, 0, d).copy_(features);
    return out;
}

/// Pinned memory, for asynchronous copies.
inline torch::Tensor pinned_numbers(at::IntArrayRef shape) {
    return torch::empty(shape, torch::TensorOptions().dtype(torch::kInt32).pinned_memory(true));
}

/// Copies with several threads: a single one is several times slower than the device.
inline void copy_numbers(const int32_t* from, int64_t count, int32_t* to) {
    constexpr int64_t kPiece = int64_t{1} << 20;
    parallel_rows((count + kPiece - 1) / kPiece, [&](int64_t p) {
        const int64_t first = p * kPiece, n = std::min(kPiece, count - first);
        std::memcpy(to + first, from + first, static_cast<size_t>(n) * sizeof(int32_t));
    });
}

/// A tile of work on the device and which of the two sets of buffers it uses.
struct Tile {
    int64_t first, count;
    size_t turn;
};

/// Processes tiles of `step` up to n, each queued before the previous one is collected, so that device and host work in
/// parallel. Progress counts `n`. Throws Cancelled; pending device work then touches none of the caller's memory.
inline void in_turns(int64_t n, int64_t step, Task& task, const std::function<void(const Tile&)>& queue,
                     const std::function<void(const Tile&)>& collect) {
    Tile before{0, 0, 0};
    for (Tile next{0, std::min(step, n), 0}; next.count > 0;) {
        task.check();
        queue(next);
        if (before.count > 0) {
            collect(before);
            task.advance(before.first + before.count);
        }
        before = next;
        next = {before.first + before.count, std::min(step, n - before.first - before.count), 1 - before.turn};
    }
    if (before.count == 0) return;
    collect(before);
    task.advance(n);
}

}  // namespace rest::retrieval
