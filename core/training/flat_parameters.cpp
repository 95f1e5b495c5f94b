// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/flat_parameters.h"

#include "core/kernels/cpu_blocks.h"

namespace rest::training {

FlatParameters FlatParameters::adopt(checkpoint::Weights& weights, checkpoint::Weights* halves) {
    constexpr int64_t kAlignment = 64;
    const auto device = weights.begin()->second.device();
    // In the order of names, not of addresses: an optimiser checkpoint must fit another process.
    FlatParameters flat;
    std::map<void*, Span> places;
    int64_t total = 0;
    for (const auto& [name, tensor] : weights) {
        if (!tensor.is_floating_point()) continue;
        const Span here{total, tensor.numel()};
        if (!places.emplace(tensor.data_ptr(), here).second) continue;
        flat.spans.push_back(here);
        total += here.numel;
        if (!device.is_cpu()) total = (total + kAlignment - 1) / kAlignment * kAlignment;
    }
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
    const bool halved = halves != nullptr && !halves->empty();
    // The gaps are zero and stay zero.
    flat.values = device.is_cpu() ? torch::empty({total}, options) : torch::zeros({total}, options);
    flat.gradients = torch::zeros({total}, options);
    if (halved) flat.halves = torch::zeros({total}, options.dtype(torch::kBFloat16));
    torch::NoGradGuard no_grad;
    std::map<void*, torch::Tensor> leaves;
    for (auto& [name, tensor] : weights) {
        if (!tensor.is_floating_point()) continue;
        const auto [offset, numel] = places.at(tensor.data_ptr());
        const auto sizes = tensor.sizes();
        auto& leaf = leaves[tensor.data_ptr()];
        if (!leaf.defined()) {
            auto view = flat.values.narrow(0, offset, numel).view(sizes);
            view.copy_(tensor);
            leaf = view.detach().set_requires_grad(true);
            leaf.mutable_grad() = flat.gradients.narrow(0, offset, numel).view(sizes);
        }
        if (halved) {
            auto half = flat.halves.narrow(0, offset, numel).view(sizes);
            half.copy_(leaf);
            halves->at(name) = half;
        }
        tensor = leaf;
    }
    return flat;
}

torch::Tensor FlatParameters::without_gaps(const torch::Tensor& buffer) const {
    if (buffer.is_cpu()) return buffer;
    std::vector<torch::Tensor> parts;
    for (const auto& span : spans) parts.push_back(buffer.narrow(0, span.offset, span.numel));
    return torch::cat(parts);
}

torch::Tensor FlatParameters::with_gaps(const torch::Tensor& buffer) const {
    if (values.is_cpu()) return buffer;
    auto out = torch::zeros_like(values);
    int64_t from = 0;
    for (const auto& span : spans) {
        out.narrow(0, span.offset, span.numel).copy_(buffer.narrow(0, from, span.numel));
        from += span.numel;
    }
    return out;
}

FlatParameters make_trainable(model::GarModel& model) {
    auto flat = FlatParameters::adopt(model.weights, &model.halves);
    model.rebuild();
    kernels::release_cpu_blocks();
    return flat;
}

}  // namespace rest::training
