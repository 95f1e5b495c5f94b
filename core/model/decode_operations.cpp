// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/decode_operations.h"

#include <cmath>
#include <limits>

#include "core/model/decode_kernels.h"

namespace rest::model {
namespace {

torch::Tensor embed(const StepDecoder& decoder, const SearchTables& t) {
    const auto newest = t.length - 1;
    const auto words = torch::embedding(decoder.word_embedding, t.tokens.index_select(0, newest).flatten());
    return decoder.embedding_norm(words + decoder.position_embedding.index_select(0, newest));
}

torch::Tensor self_attend(const torch::Tensor& joined, int64_t heads, int64_t layer, SearchTables& t) {
    const int64_t rows = t.shape.rows(), positions = t.shape.positions, width = t.shape.width;
    const auto parts = joined.to(t.shape.type).chunk(3, 1);
    const auto places = torch::arange(0, rows * positions, positions, t.length.options()) + (t.length - 1);
    const auto place = torch::arange(positions, t.length.options());
    const auto past = (t.ancestors * positions + place).flatten();
    const auto whole = [&](const torch::Tensor& cache, const torch::Tensor& newest) {
        const auto flat = cache.select(0, layer).view({rows * positions, width});
        flat.index_copy_(0, places, newest);
        return split_heads(flat.index_select(0, past).view({rows, positions, width}), heads);
    };
    const auto mask = torch::zeros({positions}, parts[0].options())
                          .masked_fill(place >= t.length, -std::numeric_limits<double>::infinity());
    const auto k = whole(t.keys, parts[1]), v = whole(t.values, parts[2]);
    return merge_heads(plain_attention(split_heads(parts[0].unsqueeze(1), heads), k, v, mask.unsqueeze(0))).squeeze(1);
}

torch::Tensor cross_attend(const torch::Tensor& query, int64_t layer, const CrossMemory& memory, const SearchTables&) {
    const auto& k = memory.keys[layer];
    return merge_heads(plain_attention(split_heads(query, k.size(1)), k, memory.values[layer]));
}

torch::Tensor residual_norm(const torch::Tensor& x, const torch::Tensor& residual, const LayerNorm& norm) {
    return norm(x + residual);
}

}  // namespace

const DecodeOperations& decode_operations(const StepDecoder& decoder, const CrossMemory& memory,
                                          const SearchTables& tables) {
    static const DecodeOperations by_torch{embed, self_attend, cross_attend, residual_norm};
    return decode_kernels_take(decoder, memory, tables) ? decode_kernels() : by_torch;
}

torch::Tensor plain_attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                              const torch::Tensor& mask) {
    auto scores = torch::matmul(q * (1 / std::sqrt(static_cast<double>(q.size(-1)))), k.transpose(-1, -2));
    if (mask.defined()) scores = scores + mask;
    return torch::matmul(torch::softmax(scores, -1), v);
}

}  // namespace rest::model
