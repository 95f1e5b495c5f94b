// SPDX-License-Identifier: GPL-3.0-or-later
// The video encoder's operations at ViT-B/16's size: 197 tokens of 768, 12 heads.
#include "app/bench/micro.h"
#include "core/kernels/attention.h"
#include "core/kernels/temporal_adapter.h"
#include "core/model/blip.h"
#include "core/training/autocast.h"

namespace rest::app {
namespace {

double values_of(const MicroSettings& s) {
    return static_cast<double>(s.clips * kFrames * kTokens * kWidth);
}

torch::TensorOptions full(const MicroSettings& s) {
    return torch::TensorOptions().device(s.device);
}
torch::TensorOptions half(const MicroSettings& s) {
    return full(s).dtype(s.bf16 ? torch::kBFloat16 : torch::kFloat32);
}

/// q, k and v of packed rows, by one view and unbind(), as in the encoder.
torch::Tensor packed_attention(const torch::Tensor& qkv) {
    const auto parts = qkv.view({qkv.size(0), kTokens, 3, kHeads, kWidth / kHeads}).permute({2, 0, 3, 1, 4}).unbind(0);
    return kernels::attention(parts[0], parts[1], parts[2]);
}

}  // namespace

std::vector<MicroOperation> adapter_operations(const MicroSettings& s) {
    const auto x = torch::randn({s.clips * kFrames, kTokens, kWidth}, full(s)).set_requires_grad(true);
    const auto weight = (1e-3 * torch::randn({kWidth, 1, 3, 3, 3}, full(s))).set_requires_grad(true);
    const auto bias = torch::zeros({kWidth}, full(s)).set_requires_grad(true);
    const auto forward = [=] {
        training::AutocastGuard autocast(s.bf16);
        return kernels::adapt_in_time(x, kFrames, weight, bias);
    };
    const double values = values_of(s);
    return {{"adapter forward", 54 * values, 8 * values,
             [=] {
                 torch::NoGradGuard no_grad;
                 forward();
             }},
            {"adapter forward and backward", 3 * 54 * values, 24 * values, [=] { forward().sum().backward(); }}};
}

std::vector<MicroOperation> attention_operations(const MicroSettings& s) {
    const auto qkv = torch::randn({s.clips * kFrames, kTokens, 3 * kWidth}, half(s)).set_requires_grad(true);
    const double flop = 4.0 * static_cast<double>(s.clips * kFrames) * kTokens * kTokens * kWidth;
    return {{"encoder attention forward", flop, 0,
             [=] {
                 torch::NoGradGuard no_grad;
                 packed_attention(qkv);
             }},
            {"encoder attention forward and backward", 3.5 * flop, 0, [=] { packed_attention(qkv).sum().backward(); }}};
}

std::vector<MicroOperation> layer_operations(const MicroSettings& s) {
    const auto x = torch::randn({s.clips * kFrames, kTokens, kWidth}, half(s));
    const auto wide = torch::randn({s.clips * kFrames, kTokens, 4 * kWidth}, half(s));
    const auto residual = torch::randn({s.clips * kFrames, kTokens, kWidth}, full(s));
    const auto to_qkv = torch::randn({3 * kWidth, kWidth}, half(s)),
               to_wide = torch::randn({4 * kWidth, kWidth}, half(s));
    const auto to_narrow = torch::randn({kWidth, 4 * kWidth}, half(s)), bias = torch::randn({4 * kWidth}, half(s));
    const auto norm = torch::ones({kWidth}, full(s));
    const double values = values_of(s), element = static_cast<double>(x.element_size());
    const auto operation = [](const char* name, double flop, double bytes, auto f) {
        return MicroOperation{name, flop, bytes, [f] {
                                  torch::NoGradGuard no_grad;
                                  f();
                              }};
    };
    return {operation("product 768 -> 2304", 6 * values * kWidth, 0,
                      [=] { torch::linear(x, to_qkv, bias.slice(0, 0, 3 * kWidth)); }),
            operation("product 768 -> 3072", 8 * values * kWidth, 0, [=] { torch::linear(x, to_wide, bias); }),
            operation("product 3072 -> 768", 8 * values * kWidth, 0,
                      [=] { torch::linear(wide, to_narrow, bias.slice(0, 0, kWidth)); }),
            operation("gelu, 3072 wide", 0, 8 * values * element, [=] { torch::gelu(wide); }),
            operation("layer norm, float32", 0, 8 * values,
                      [=] { torch::layer_norm(residual, {kWidth}, norm, norm, 1e-5); }),
            operation("residual, float32 and operand", 0, values * (8 + element), [=] { residual + x; })};
}

std::vector<MicroOperation> pixel_operations(const MicroSettings& s) {
    const auto raw = torch::randint(0, 256, {s.clips * kFrames, 3, 224, 224}, full(s).dtype(torch::kUInt8));
    return {{"normalise_pixels", 0, 5.0 * static_cast<double>(raw.numel()), [=] {
                 torch::NoGradGuard no_grad;
                 model::normalise_pixels(raw);
             }}};
}

}  // namespace rest::app
