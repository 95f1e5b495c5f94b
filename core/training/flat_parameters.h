// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <numeric>
#include <vector>

#include "core/model/blip.h"

namespace rest::training {

/// All trained tensors of a model as views of one buffer, and their gradients as views of another, so that the
/// optimiser makes one pass over contiguous memory.
struct FlatParameters {
    /// A tensor's place in the buffers.
    struct Span {
        int64_t offset, numel;
    };

    torch::Tensor values;     // (P) float32
    torch::Tensor gradients;  // (P)
    torch::Tensor halves;     // (P) bfloat16 copies of the values, or undefined
    std::vector<Span> spans;  // in the order of names. Off the CPU each begins at a multiple of 64 values, for wide
                              // accesses, and P includes the gaps

    /// Replaces the floating-point tensors in `weights` by trainable views (tied names stay tied), and those in
    /// `halves`, if any, by views of their bfloat16 copies. Towers built from them must be rebuilt.
    static FlatParameters adopt(checkpoint::Weights& weights, checkpoint::Weights* halves = nullptr);

    /// The number of trained values.
    int64_t count() const {
        return std::accumulate(spans.begin(), spans.end(), int64_t{0},
                               [](int64_t n, const Span& s) { return n + s.numel; });
    }

    /// A buffer (P) without the gaps, as stored in optimiser checkpoints, and the inverse.
    torch::Tensor without_gaps(const torch::Tensor& buffer) const;
    torch::Tensor with_gaps(const torch::Tensor& buffer) const;
};

/// adopt() for a captioner, whose towers are rebuilt; frees the memory of the original weights.
FlatParameters make_trainable(model::GarModel& model);

}  // namespace rest::training
