// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/layers.h"

namespace rest::model {

torch::Tensor Linear::operator()(const torch::Tensor& x, kernels::Activation activation) const {
    return kernels::affine(x, weight, bias, {.activation = activation, .packed = packed.get()});
}

torch::Tensor Linear::onto(const torch::Tensor& residual, const torch::Tensor& x) const {
    return kernels::affine(x, weight, bias, {.residual = residual, .packed = packed.get()});
}

Linear Linear::packed_for(int64_t rows) const {
    return {weight, bias, kernels::PackedWeight::pack(weight, rows)};
}

torch::Tensor LayerNorm::operator()(const torch::Tensor& x) const {
    return torch::layer_norm(x, {weight.size(0)}, weight, bias, eps);
}

torch::Tensor normed(const LayerNorm& norm, const Linear& linear, const torch::Tensor& x) {
    if (kernels::pre_norm_takes(x, norm.parameters(), linear.parameters()))
        return kernels::normed_affine(x, norm.parameters(), linear.parameters());
    return linear(norm(x));
}

torch::Tensor feed_forward(const LayerNorm& norm, const Linear& fc1, const Linear& fc2, const torch::Tensor& x,
                           kernels::Kept kept) {
    if (kernels::pre_norm_takes(x, norm.parameters(), fc1.parameters())) {
        return kernels::pre_norm_feed_forward(x, norm.parameters(), fc1.parameters(), fc2.parameters(), kept);
    }
    return fc2.onto(x, fc1(norm(x), kernels::Activation::gelu));
}

// A convolution with non-overlapping windows is a product of patches; LibTorch's convolution creates oneDNN primitives,
// which crash when memory is short.
torch::Tensor embed_patches(const torch::Tensor& frames, const torch::Tensor& weight, const torch::Tensor& bias) {
    const int64_t b = frames.size(0), channels = frames.size(1), p = weight.size(2), down = frames.size(2) / p,
                  across = frames.size(3) / p;
    const auto whole = frames.slice(2, 0, down * p).slice(3, 0, across * p).reshape({b, channels, down, p, across, p});
    const auto patches = whole.permute({0, 2, 4, 1, 3, 5}).reshape({b, down * across, channels * p * p});
    return kernels::affine(patches, weight.flatten(1), bias);
}

Linear linear(const checkpoint::Weights& weights, const std::string& prefix, bool bias) {
    return {checkpoint::require(weights, prefix + ".weight"),
            bias ? checkpoint::require(weights, prefix + ".bias") : torch::Tensor()};
}

Linear linear(const checkpoint::Weights& weights, const checkpoint::Weights& halves, const std::string& prefix) {
    auto out = linear(weights, prefix);
    if (halves.empty()) return out;
    out.half_weight = checkpoint::require(halves, prefix + ".weight");
    out.half_bias = checkpoint::require(halves, prefix + ".bias");
    return out;
}

LayerNorm layer_norm(const checkpoint::Weights& weights, const std::string& prefix, double eps) {
    return {checkpoint::require(weights, prefix + ".weight"), checkpoint::require(weights, prefix + ".bias"), eps};
}

torch::Tensor split_heads(const torch::Tensor& x, int64_t heads) {
    return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

torch::Tensor merge_heads(const torch::Tensor& x) {
    return x.transpose(1, 2).flatten(2);
}

}  // namespace rest::model
