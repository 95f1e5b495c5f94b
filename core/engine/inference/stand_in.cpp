// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/stand_in.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

#include "core/base/random.h"
#include "core/checkpoint/reading.h"
#include "core/engine/inference/model_parts.h"

namespace rest::engine {
namespace {

constexpr std::string_view kVisionLayers = "vision_model.encoder.layers.";
constexpr std::string_view kTextLayers = "text_decoder.bert.encoder.layer.";
constexpr std::string_view kAdapters = "temporal_adapter.";

/// The layer that a tensor belongs to, -1 if it is not in that stack.
int64_t layer_of(const std::string& name, std::string_view stack) {
    int64_t layer = -1;
    if (name.starts_with(stack)) std::from_chars(name.data() + stack.size(), name.data() + name.size(), layer);
    return layer;
}

int64_t count(const checkpoint::Weights& weights, std::string_view stack = {}) {
    int64_t sum = 0;
    for (const auto& [name, tensor] : weights) {
        if (name.starts_with(stack)) sum += tensor.numel();
    }
    return sum;
}

/// Fills the weights with small random numbers, repeating one block: drawing a billion would take longer than a check
/// may. Shared tensors stay shared.
void draw(checkpoint::Weights& weights) {
    constexpr int64_t kDrawn = 1 << 18;
    Random random(1, 0);
    auto block = torch::empty({kDrawn});
    for (int64_t i = 0; i < kDrawn; ++i) block.data_ptr<float>()[i] = static_cast<float>(0.02 * random.normal());
    std::map<const void*, torch::Tensor> drawn;
    for (auto& [name, tensor] : weights) {
        auto& numbers = drawn[tensor.unsafeGetTensorImpl()];
        if (!numbers.defined()) {
            numbers = torch::empty(tensor.sizes());
            auto flat = numbers.flatten();
            for (int64_t at = 0; at < flat.numel(); at += kDrawn) {
                const int64_t end = std::min(at + kDrawn, flat.numel());
                flat.slice(0, at, end).copy_(block.slice(0, 0, end - at));
            }
        }
        tensor = numbers;
    }
}

/// Keeps the first layers, the same share of both stacks.
void cut(checkpoint::Checkpoint& checkpoint, int64_t most_parameters) {
    auto& sizes = checkpoint.sizes;
    const int64_t stacks = count(checkpoint.weights, kVisionLayers) + count(checkpoint.weights, kTextLayers);
    const double share =
        std::min(1.0, static_cast<double>(most_parameters) / static_cast<double>(std::max<int64_t>(stacks, 1)));
    const auto kept = [share](int64_t layers) {
        return std::clamp<int64_t>(static_cast<int64_t>(share * static_cast<double>(layers)), 1, layers);
    };
    sizes.vision.layers = kept(sizes.vision.layers);
    sizes.text.layers = kept(sizes.text.layers);
    std::erase_if(checkpoint.weights, [&](const auto& entry) {
        return layer_of(entry.first, kVisionLayers) >= sizes.vision.layers ||
               layer_of(entry.first, kTextLayers) >= sizes.text.layers ||
               layer_of(entry.first, kAdapters) >= sizes.vision.layers;
    });
}

}  // namespace

StandIn stand_in_for(const std::filesystem::path& path, const ClipSettings& clips, const Machine& machine,
                     int64_t most_parameters) {
    auto checkpoint = checkpoint::read_checkpoint(path, checkpoint::Reading::shapes);
    checkpoint::require_complete(checkpoint, checkpoint::CheckpointKind::blip_captioner);
    auto tokenizer = text::WordPiece::load(checkpoint.folder);
    require_embeddings(tokenizer.size(), checkpoint.sizes.text.vocabulary, checkpoint.folder);
    auto sizes = checkpoint.sizes;
    if (clips.image_size > 0) sizes.vision.image = clips.image_size;
    const auto& vision = sizes.vision;
    int64_t parameters = count(checkpoint.weights);
    const bool adapted = checkpoint.weights.contains("temporal_adapter.0.weight");
    if (clips.temporal_adapter && !adapted) parameters += vision.layers * vision.hidden * (27 + 1);
    if (!clips.temporal_adapter && adapted) parameters -= count(checkpoint.weights, kAdapters);
    cut(checkpoint, most_parameters);
    draw(checkpoint.weights);
    return {captioner_of(std::move(checkpoint), std::move(tokenizer), clips, 1, machine), sizes, parameters};
}

ClipOutline outline_of_clip(const std::filesystem::path& path) {
    const auto checkpoint = checkpoint::read_checkpoint(path, checkpoint::Reading::shapes);
    checkpoint::require_complete(checkpoint, checkpoint::CheckpointKind::clip);
    const auto tokenizer = text::ClipBpe::load(checkpoint.folder);
    require_embeddings(tokenizer.size(), checkpoint.sizes.text.vocabulary, checkpoint.folder);
    return {count(checkpoint.weights), cautions_of(checkpoint)};
}

}  // namespace rest::engine
