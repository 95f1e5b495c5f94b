// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/text_decoder.h"

#include <limits>

#include "core/base/error.h"
#include "core/model/device_beam_search.h"

namespace rest::model {
namespace {

torch::Tensor causal_mask(int64_t n, int64_t past, const torch::Tensor& like) {
    if (n == 1) return {};
    const auto minus = torch::full({n, past + n}, -std::numeric_limits<float>::infinity(), like.options());
    return minus.triu(past + 1);
}

torch::Tensor feed_forward(const DecoderLayer& layer, const torch::Tensor& x) {
    return layer.output_norm(layer.fc2.onto(x, layer.fc1(x, kernels::Activation::gelu)));
}

DecoderLayer build_decoder_layer(const checkpoint::Weights& weights, const checkpoint::Weights& halves,
                                 const std::string& at, double eps) {
    return {.self_query = linear(weights, halves, at + "attention.self.query"),
            .self_key = linear(weights, halves, at + "attention.self.key"),
            .self_value = linear(weights, halves, at + "attention.self.value"),
            .self_output = linear(weights, halves, at + "attention.output.dense"),
            .self_norm = layer_norm(weights, at + "attention.output.LayerNorm", eps),
            .cross_query = linear(weights, halves, at + "crossattention.self.query"),
            .cross_key = linear(weights, halves, at + "crossattention.self.key"),
            .cross_value = linear(weights, halves, at + "crossattention.self.value"),
            .cross_output = linear(weights, halves, at + "crossattention.output.dense"),
            .cross_norm = layer_norm(weights, at + "crossattention.output.LayerNorm", eps),
            .fc1 = linear(weights, halves, at + "intermediate.dense"),
            .fc2 = linear(weights, halves, at + "output.dense"),
            .output_norm = layer_norm(weights, at + "output.LayerNorm", eps)};
}

}  // namespace

CrossMemory CrossMemory::select(const torch::Tensor& rows) const {
    CrossMemory out;
    for (const auto& k : keys) out.keys.push_back(k.index_select(0, rows));
    for (const auto& v : values) out.values.push_back(v.index_select(0, rows));
    return out;
}

void DecoderCache::reorder(const torch::Tensor& parents) {
    for (auto& k : keys) k = k.index_select(0, parents);
    for (auto& v : values) v = v.index_select(0, parents);
}

TextDecoder TextDecoder::build(const checkpoint::Weights& weights, const checkpoint::TextSizes& sizes,
                               const checkpoint::Weights& halves) {
    TextDecoder decoder;
    decoder.sizes = sizes;
    const std::string bert = "text_decoder.bert.";
    const std::string predictions = "text_decoder.cls.predictions.";
    decoder.word_embedding = checkpoint::require(weights, bert + "embeddings.word_embeddings.weight");
    decoder.position_embedding = checkpoint::require(weights, bert + "embeddings.position_embeddings.weight");
    decoder.embedding_norm = layer_norm(weights, bert + "embeddings.LayerNorm", sizes.layer_norm_eps);
    for (int64_t i = 0; i < sizes.layers; ++i) {
        decoder.layers.push_back(build_decoder_layer(weights, halves, bert + "encoder.layer." + std::to_string(i) + ".",
                                                     sizes.layer_norm_eps));
    }
    decoder.head_transform = linear(weights, halves, predictions + "transform.dense");
    decoder.head_norm = layer_norm(weights, predictions + "transform.LayerNorm", sizes.layer_norm_eps);
    decoder.head = {decoder.word_embedding, checkpoint::require(weights, predictions + "bias")};
    if (!halves.empty()) {
        decoder.head.half_weight = checkpoint::require(halves, bert + "embeddings.word_embeddings.weight");
        decoder.head.half_bias = checkpoint::require(halves, predictions + "bias");
    }
    return decoder;
}

TextDecoder TextDecoder::packed_for(const DecoderPacking& packing) const {
    TextDecoder packed = *this;
    if (!word_embedding.is_cpu()) {
        packed.device_search = std::make_shared<DeviceBeamSearch>(StepDecoder::from(*this, packing.type));
        return packed;
    }
    for (auto& layer : packed.layers) {
        for (auto* linear : {&layer.self_query, &layer.self_key, &layer.self_value, &layer.self_output,
                             &layer.cross_query, &layer.cross_output, &layer.fc1, &layer.fc2}) {
            *linear = linear->packed_for(packing.rows);
        }
    }
    packed.head_transform = head_transform.packed_for(packing.rows);
    packed.head = head.packed_for(packing.rows);
    return packed;
}

CrossMemory TextDecoder::project(const torch::Tensor& visual) const {
    if (device_search != nullptr) return device_search->project(visual);
    CrossMemory memory;
    const auto seen =
        visual.to(word_embedding.scalar_type());  // the encoder may compute in bfloat16 even if the decoder does not
    for (const auto& layer : layers) {
        memory.keys.push_back(split_heads(layer.cross_key(seen), sizes.heads));
        memory.values.push_back(split_heads(layer.cross_value(seen), sizes.heads));
    }
    return memory;
}

torch::Tensor TextDecoder::hidden(const torch::Tensor& ids, const CrossMemory& memory, DecoderCache* cache) const {
    const int64_t rows = ids.size(0), n = ids.size(1), past = cache != nullptr ? cache->length() : 0;
    const int64_t videos = memory.videos();
    if (past + n > position_embedding.size(0)) {
        throw Error(ErrorCode::invalid_argument,
                    "A caption of " + std::to_string(past + n) + " tokens is longer than the model's " +
                        std::to_string(position_embedding.size(0)) + " positions",
                    "Lower max_length.");
    }
    // A batch contains few words of the vocabulary: a sparse gradient is added to the tied output layer's in place.
    const auto words = torch::embedding(word_embedding, ids, /*padding_idx=*/-1, /*scale_grad_by_freq=*/false,
                                        /*sparse=*/ids.is_cpu());
    auto x = embedding_norm(words + position_embedding.slice(0, past, past + n));
    const auto mask = causal_mask(n, past, x);
    for (size_t i = 0; i < layers.size(); ++i) {
        const auto& layer = layers[i];
        auto k = split_heads(layer.self_key(x), sizes.heads);
        auto v = split_heads(layer.self_value(x), sizes.heads);
        if (cache != nullptr) {
            if (past > 0) {
                k = torch::cat({cache->keys[i], k}, 2);
                v = torch::cat({cache->values[i], v}, 2);
            }
            cache->keys.resize(layers.size());
            cache->values.resize(layers.size());
            cache->keys[i] = k;
            cache->values[i] = v;
        }
        const auto self = kernels::attention(split_heads(layer.self_query(x), sizes.heads), k, v, mask);
        x = layer.self_norm(layer.self_output.onto(x, merge_heads(self)));
        // Beams of a video are joined along the query's length, so that its keys and values are read once for all of
        // them.
        const auto query = layer.cross_query(x).view({videos, rows / videos * n, x.size(2)});
        const auto cross = kernels::attention(split_heads(query, sizes.heads), memory.keys[i], memory.values[i]);
        x = layer.cross_norm(layer.cross_output.onto(x, merge_heads(cross).view(x.sizes())));
        x = feed_forward(layer, x);
    }
    return x;
}

torch::Tensor TextDecoder::logits(const torch::Tensor& x) const {
    return head(head_norm(head_transform(x, kernels::Activation::gelu)));
}

torch::Tensor TextDecoder::forward(const torch::Tensor& ids, const torch::Tensor& visual) const {
    if (head.half_weight.defined()) return forward_in_bf16(ids, visual);
    return logits(hidden(ids, project(visual), nullptr));
}

torch::Tensor TextDecoder::step(const torch::Tensor& ids, const CrossMemory& memory, DecoderCache& cache) const {
    return logits(hidden(ids, memory, &cache).select(1, -1));
}

torch::Tensor caption_loss(const torch::Tensor& logits, const torch::Tensor& ids, int64_t prompt_length,
                           double label_smoothing, int64_t pad) {
    constexpr int64_t kIgnored = -100;
    auto labels = ids.masked_fill(ids == pad, kIgnored);
    labels.slice(1, 0, prompt_length).fill_(kIgnored);
    const auto predictions = logits.slice(1, 0, -1).flatten(0, 1).to(torch::kFloat32);
    return at::cross_entropy_loss(predictions, labels.slice(1, 1).flatten(), {}, at::Reduction::Mean, kIgnored,
                                  label_smoothing);
}

}  // namespace rest::model
