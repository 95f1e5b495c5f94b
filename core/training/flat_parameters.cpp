// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/flat_parameters.h"

#include "core/kernels/cpu_blocks.h"

namespace rest {

FlatParameters FlatParameters::adopt(Weights& weights) {
    // In the order of names, not of addresses: a checkpoint of the optimiser must fit the next process.
    std::map<void*, int64_t> offsets;
    int64_t total = 0;
    for (const auto& [name, tensor] : weights) {
        if (!tensor.is_floating_point() || !offsets.emplace(tensor.data_ptr(), total).second) continue;
        total += tensor.numel();
    }
    FlatParameters flat;
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(weights.begin()->second.device());
    flat.values = torch::empty({total}, options);
    flat.gradients = torch::zeros({total}, options);
    torch::NoGradGuard no_grad;
    std::map<void*, torch::Tensor> leaves;
    for (auto& [name, tensor] : weights) {
        if (!tensor.is_floating_point()) continue;
        auto& leaf = leaves[tensor.data_ptr()];
        if (!leaf.defined()) {
            const int64_t offset = offsets.at(tensor.data_ptr());
            auto view = flat.values.narrow(0, offset, tensor.numel()).view(tensor.sizes());
            view.copy_(tensor);
            leaf = view.detach().set_requires_grad(true);
            leaf.mutable_grad() = flat.gradients.narrow(0, offset, tensor.numel()).view(tensor.sizes());
        }
        tensor = leaf;
    }
    return flat;
}

FlatParameters make_trainable(GarModel& model) {
    auto flat = FlatParameters::adopt(model.weights);
    model.rebuild();
    release_cpu_blocks();
    return flat;
}

}  // namespace rest
