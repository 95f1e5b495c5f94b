// SPDX-License-Identifier: GPL-3.0-or-later
// For builds without CUDA kernels: nothing is supported.
#include "core/retrieval/cuda_retrieval.h"

namespace rest::retrieval {

std::optional<torch::Tensor> neighbours_by_kernels(const torch::Tensor&, const NeighbourSettings&, float, Task&) {
    return {};
}

std::optional<std::vector<std::vector<ScoredCaption>>> captions_by_kernels(
    const UpdateInput&, const CaptionUpdateSettings&, const std::function<std::vector<ScoredCaption>(int64_t)>&,
    Task&) {
    return {};
}

}  // namespace rest::retrieval
