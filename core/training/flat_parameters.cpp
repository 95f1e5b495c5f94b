// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/flat_parameters.h"

namespace rest {

FlatParameters FlatParameters::adopt(Weights& weights) {
    int64_t total = 0;
    std::map<void*, std::pair<int64_t, torch::Tensor>> owners;  // by storage: offset, view
    for (const auto& [name, tensor] : weights) {
        if (!tensor.is_floating_point() || owners.contains(tensor.data_ptr())) continue;
        owners[tensor.data_ptr()] = {total, tensor};
        total += tensor.numel();
    }
    FlatParameters flat;
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(weights.begin()->second.device());
    flat.values = torch::empty({total}, options);
    flat.gradients = torch::zeros({total}, options);
    std::map<void*, torch::Tensor> views;
    for (const auto& [key, owner] : owners) {
        const auto& [offset, tensor] = owner;
        torch::NoGradGuard no_grad;
        auto view = flat.values.narrow(0, offset, tensor.numel()).view(tensor.sizes());
        view.copy_(tensor);
        auto leaf = view.detach().set_requires_grad(true);
        leaf.mutable_grad() = flat.gradients.narrow(0, offset, tensor.numel()).view(tensor.sizes());
        views[key] = leaf;
    }
    for (auto& [name, tensor] : weights) {
        if (tensor.is_floating_point()) tensor = views.at(tensor.data_ptr());
    }
    return flat;
}

}  // namespace rest
