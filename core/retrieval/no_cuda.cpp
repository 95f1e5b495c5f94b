// SPDX-License-Identifier: GPL-3.0-or-later
// Where there are no CUDA kernels: they take nothing.
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
