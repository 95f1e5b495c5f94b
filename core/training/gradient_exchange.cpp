// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gradient_exchange.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace rest::training {
namespace {

/// "temporal_adapter.7.weight" and "vision_model.encoder.layers.7.mlp.fc1.bias": 7.
std::optional<int64_t> vision_layer(std::string_view name) {
    for (const std::string_view prefix : {"temporal_adapter.", "vision_model.encoder.layers."}) {
        if (!name.starts_with(prefix)) continue;
        int64_t layer = 0;
        const auto digits = name.substr(prefix.size());
        if (std::from_chars(digits.data(), digits.data() + digits.size(), layer).ec == std::errc()) return layer;
    }
    return std::nullopt;
}

/// The bucket of a parameter, as in GradientExchange::start_through().
size_t bucket_of(std::string_view name, int64_t layers) {
    if (name.starts_with("text_decoder.")) return 0;
    if (name.starts_with("vision_model.post_layernorm.")) return 1;
    const auto layer = vision_layer(name);
    return static_cast<size_t>(layer ? layers - *layer : layers + 1);
}

}  // namespace

GradientExchange::GradientExchange(distributed::Group& group, const model::GarModel& model,
                                   const FlatParameters& parameters)
    : group_(group),
      gradients_(parameters.gradients),
      layers_(model.sizes.vision.layers),
      buckets_(static_cast<size_t>(layers_) + 2) {
    std::map<int64_t, size_t> bucket_at;  // by offset: tied names share one
    for (const auto& [name, tensor] : model.weights) {
        if (tensor.requires_grad()) bucket_at.emplace(tensor.storage_offset(), bucket_of(name, layers_));
    }
    for (const auto& span : parameters.spans) {
        auto& bucket = buckets_[bucket_at.at(span.offset)];
        // Adjacent spans are sent together. On CUDA there may be a gap of zeros between them.
        if (!bucket.empty() && span.offset - (bucket.back().offset + bucket.back().numel) < 64)
            bucket.back().numel = span.offset + span.numel - bucket.back().offset;
        else
            bucket.push_back(span);
    }
}

model::LayerInputs GradientExchange::layer_inputs() {
    return
        [this](int64_t layer, const torch::Tensor& input) { on_gradient(input, static_cast<size_t>(layers_ - layer)); };
}

void GradientExchange::watch_features(const torch::Tensor& features) {
    on_gradient(features, 0);
}

/// When the gradient of a layer's input is known, so are the layer's own: autograd runs later operations first, and
/// accumulates into leaves before anything else.
void GradientExchange::on_gradient(const torch::Tensor& of, size_t bucket) {
    of.register_hook([this, bucket](const torch::Tensor&) { start_through(bucket); });
}

void GradientExchange::start_through(size_t bucket) {
    for (; started_ <= bucket; ++started_) {
        for (const auto& span : buckets_[started_])
            pending_.push_back(group_.sum(gradients_.narrow(0, span.offset, span.numel)));
    }
}

void GradientExchange::finish() {
    start_through(buckets_.size() - 1);
    for (const auto& sum : pending_) sum->wait();
    pending_.clear();
    started_ = 0;
}

}  // namespace rest::training
