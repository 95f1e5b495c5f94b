// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/step_decoder.h"

#include <torch/version.h>

#include <limits>

#include "core/model/decode_operations.h"

namespace rest::model {
namespace {

Linear cast(const Linear& l, torch::ScalarType type) {
    return {l.weight.to(type), l.bias.defined() ? l.bias.to(type) : l.bias};
}
LayerNorm cast(const LayerNorm& n, torch::ScalarType type) {
    return {n.weight.to(type), n.bias.to(type), n.eps};
}

/// Joins several products with the same input into one.
Linear join(std::initializer_list<const Linear*> parts, torch::ScalarType type) {
    std::vector<torch::Tensor> weights, biases;
    for (const auto* part : parts) {
        weights.push_back(part->weight.to(type));
        biases.push_back(part->bias.to(type));
    }
    return {torch::cat(weights), torch::cat(biases)};
}

StepLayer step_layer(const DecoderLayer& l, torch::ScalarType type) {
    return {.self_joined = join({&l.self_query, &l.self_key, &l.self_value}, type),
            .self_output = cast(l.self_output, type),
            .self_norm = cast(l.self_norm, type),
            .cross_query = cast(l.cross_query, type),
            .cross_joined = join({&l.cross_key, &l.cross_value}, type),
            .cross_output = cast(l.cross_output, type),
            .cross_norm = cast(l.cross_norm, type),
            .fc1 = cast(l.fc1, type),
            .fc2 = cast(l.fc2, type),
            .output_norm = cast(l.output_norm, type)};
}

/// The part of a layer after self-attention, the same for prompts and steps. x and seen (videos, n, d).
torch::Tensor rest_of_layer(const StepLayer& layer, int64_t index, const torch::Tensor& input,
                            const torch::Tensor& seen, const CrossMemory& memory, const SearchTables& tables,
                            const DecodeOperations& run) {
    auto x = run.residual_norm(layer.self_output(seen), input, layer.self_norm);
    const auto cross = run.cross_attend(layer.cross_query(x), index, memory, tables);
    x = run.residual_norm(layer.cross_output(cross), x, layer.cross_norm);
    return run.residual_norm(layer.fc2(layer.fc1(x, kernels::Activation::gelu)), x, layer.output_norm);
}

/// x W^T in float32, from operands of any dtype.
torch::Tensor wide_product(const torch::Tensor& x, const torch::Tensor& weight) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 8)
    if (x.is_cuda() && x.scalar_type() != torch::kFloat32 && x.scalar_type() == weight.scalar_type()) {
        return at::mm(x, weight.t(), torch::kFloat32);
    }
#endif
    return kernels::affine(x, weight, {}).to(torch::kFloat32);
}

}  // namespace

StepDecoder StepDecoder::from(const TextDecoder& decoder, torch::ScalarType type) {
    torch::NoGradGuard no_grad;
    StepDecoder out;
    out.sizes = decoder.sizes;
    out.word_embedding = decoder.word_embedding.to(type);
    out.position_embedding = decoder.position_embedding.to(type);
    out.embedding_norm = cast(decoder.embedding_norm, type);
    for (const auto& layer : decoder.layers) out.layers.push_back(step_layer(layer, type));
    out.head_transform = cast(decoder.head_transform, type);
    out.head_norm = cast(decoder.head_norm, type);
    out.head_weight =
        decoder.head.weight.is_same(decoder.word_embedding) ? out.word_embedding : decoder.head.weight.to(type);
    out.head_bias = decoder.head.bias.to(torch::kFloat32);
    return out;
}

CrossMemory StepDecoder::project(const torch::Tensor& visual) const {
    const auto seen = visual.to(type());
    CrossMemory memory;
    for (const auto& layer : layers) {
        const auto parts = layer.cross_joined(seen).chunk(2, 2);
        memory.keys.push_back(split_heads(parts[0], sizes.heads));
        memory.values.push_back(split_heads(parts[1], sizes.heads));
    }
    return memory;
}

StepLogits StepDecoder::prompt(int64_t n, const CrossMemory& memory, SearchTables& t) const {
    const auto& run = decode_operations(*this, memory, t);
    const int64_t videos = t.shape.videos, beams = t.shape.beams;
    const auto ids =
        t.tokens.slice(0, 0, n).t().index_select(0, torch::arange(0, t.shape.rows(), beams, t.tokens.options()));
    auto x = embedding_norm(torch::embedding(word_embedding, ids) + position_embedding.slice(0, 0, n));
    const auto mask = torch::full({n, n}, -std::numeric_limits<float>::infinity(), x.options()).triu(1);
    for (size_t i = 0; i < layers.size(); ++i) {
        const auto parts = layers[i].self_joined(x).chunk(3, 2);
        const auto keep = [&](const torch::Tensor& cache, const torch::Tensor& made) {
            cache.select(0, i)
                .view({videos, beams, t.shape.positions, t.shape.width})
                .select(1, 0)
                .slice(1, 0, n)
                .copy_(made);
        };
        keep(t.keys, parts[1]);
        keep(t.values, parts[2]);
        const auto self = plain_attention(split_heads(parts[0], sizes.heads), split_heads(parts[1], sizes.heads),
                                          split_heads(parts[2], sizes.heads), mask);
        x = rest_of_layer(layers[i], static_cast<int64_t>(i), x, merge_heads(self), memory, t, run);
    }
    return logits(x.select(1, -1).contiguous());
}

StepLogits StepDecoder::step(const CrossMemory& memory, SearchTables& t) const {
    const auto& run = decode_operations(*this, memory, t);
    const std::vector<int64_t> by_video = {t.shape.videos, t.shape.beams, t.shape.width};
    auto x = run.embed(*this, t).view(by_video);
    for (size_t i = 0; i < layers.size(); ++i) {
        const auto layer = static_cast<int64_t>(i);
        const auto joined = layers[i].self_joined(x).view({t.shape.rows(), 3 * t.shape.width});
        const auto self = run.self_attend(joined, sizes.heads, layer, t).view(by_video);
        x = rest_of_layer(layers[i], layer, x, self, memory, t, run);
    }
    return logits(x.view({t.shape.rows(), t.shape.width}));
}

StepLogits StepDecoder::logits(const torch::Tensor& x) const {
    return {wide_product(head_norm(head_transform(x, kernels::Activation::gelu)), head_weight), head_bias};
}

}  // namespace rest::model
