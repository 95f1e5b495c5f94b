// SPDX-License-Identifier: GPL-3.0-or-later
// The decoder's teacher-forced pass in bfloat16: the same layers as text_decoder.cpp, on core/kernels/bf16_layers.h.
#include "core/model/text_decoder.h"

namespace rest::model {
namespace {

torch::Tensor run_decoder_layer(const DecoderLayer& layer, int64_t heads, const torch::Tensor& x,
                                const torch::Tensor& visual) {
    const auto q = kernels::bf16::affine(x, layer.self_query.in_bf16()),
               k = kernels::bf16::affine(x, layer.self_key.in_bf16());
    const auto self = kernels::bf16::attention(q, k, kernels::bf16::affine(x, layer.self_value.in_bf16()), heads, true);
    auto y =
        kernels::bf16::norm(kernels::bf16::affine(self, layer.self_output.in_bf16(), x), layer.self_norm.in_bf16());
    const auto keys = kernels::bf16::affine(visual, layer.cross_key.in_bf16()),
               values = kernels::bf16::affine(visual, layer.cross_value.in_bf16());
    const auto cross =
        kernels::bf16::attention(kernels::bf16::affine(y, layer.cross_query.in_bf16()), keys, values, heads, false);
    y = kernels::bf16::norm(kernels::bf16::affine(cross, layer.cross_output.in_bf16(), y), layer.cross_norm.in_bf16());
    return kernels::bf16::norm(kernels::bf16::feed_forward(y, layer.fc1.in_bf16(), layer.fc2.in_bf16(), y),
                               layer.output_norm.in_bf16());
}

}  // namespace

torch::Tensor TextDecoder::forward_in_bf16(const torch::Tensor& ids, const torch::Tensor& visual) const {
    const auto words = torch::embedding(word_embedding, ids) + position_embedding.slice(0, 0, ids.size(1));
    auto x = kernels::bf16::norm(words.to(torch::kBFloat16), embedding_norm.in_bf16());
    const auto seen = visual.to(torch::kBFloat16);
    for (const auto& layer : layers) x = run_decoder_layer(layer, sizes.heads, x, seen);
    const auto transformed = torch::gelu(kernels::bf16::affine(x, head_transform.in_bf16()));
    return kernels::bf16::affine(kernels::bf16::norm(transformed, head_norm.in_bf16()), head.in_bf16());
}

}  // namespace rest::model
