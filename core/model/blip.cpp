// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/blip.h"

#include <algorithm>

#include "core/base/random.h"

namespace rest::model {
namespace {

void add_adapters(checkpoint::Weights& weights, const checkpoint::VisionSizes& sizes, uint64_t seed) {
    constexpr double kDeviation = 1e-3;
    for (int64_t layer = 0; layer < sizes.layers; ++layer) {
        Random random(seed, static_cast<uint64_t>(layer));
        auto weight = torch::empty({sizes.hidden, 1, 3, 3, 3});
        float* values = weight.data_ptr<float>();
        for (int64_t i = 0; i < weight.numel(); ++i) values[i] = static_cast<float>(kDeviation * random.normal());
        const std::string at = "temporal_adapter." + std::to_string(layer);
        weights[at + ".weight"] = weight;
        weights[at + ".bias"] = torch::zeros({sizes.hidden});
    }
}

/// Moves to the device; shared tensors stay shared.
void move_to(checkpoint::Weights& weights, torch::Device device) {
    std::map<void*, torch::Tensor> moved;
    for (auto& [name, tensor] : weights) {
        auto& there = moved[tensor.data_ptr()];
        if (!there.defined()) there = tensor.to(device);
        tensor = there;
    }
}

/// Shared tensors stay shared.
checkpoint::Weights half_copies(const checkpoint::Weights& weights) {
    checkpoint::Weights halves;
    std::map<void*, torch::Tensor> made;
    for (const auto& [name, tensor] : weights) {
        if (!tensor.is_floating_point()) continue;
        auto& half = made[tensor.data_ptr()];
        if (!half.defined()) half = tensor.to(torch::kBFloat16);
        halves[name] = half;
    }
    return halves;
}

}  // namespace

GarModel GarModel::from_checkpoint(checkpoint::Checkpoint checkpoint, const GarSettings& settings) {
    checkpoint::require_complete(checkpoint, checkpoint::CheckpointKind::blip_captioner);
    GarModel model;
    model.sizes = checkpoint.sizes;
    model.weights = std::move(checkpoint.weights);
    auto& vision = model.sizes.vision;
    if (settings.image_size > 0 && settings.image_size != vision.image) {
        auto& positions = model.weights["vision_model.embeddings.position_embedding"];
        positions = checkpoint::interpolate_positions(positions, settings.image_size, vision.patch);
        vision.image = settings.image_size;
    }
    const bool present = model.weights.contains("temporal_adapter.0.weight");
    model.new_adapters = settings.temporal_adapter && settings.add_adapters && !present;
    if (model.new_adapters) add_adapters(model.weights, vision, settings.adapter_seed);
    if (!settings.temporal_adapter) {
        std::erase_if(model.weights, [](const auto& entry) { return entry.first.starts_with("temporal_adapter."); });
    }
    move_to(model.weights, settings.device);
    if (settings.bf16) model.halves = half_copies(model.weights);
    model.rebuild();
    return model;
}

void GarModel::rebuild() {
    vision = VisionTower::build(weights, sizes.vision, halves);
    decoder = TextDecoder::build(weights, sizes.text, halves);
}

torch::Tensor GarModel::prepare(const torch::Tensor& frames_u8) const {
    const bool usual = sizes.pixels == checkpoint::PixelScale();  // the scale built into the bfloat16 kernels
    return in_bf16() && usual ? frames_u8 : normalise_pixels(frames_u8, sizes.pixels);
}

torch::Tensor GarModel::encode(const torch::Tensor& clips, const LayerInputs& show) const {
    const int64_t b = clips.size(0), t = clips.size(1);
    const auto tokens = vision.forward(clips.flatten(0, 1), t, show);
    return tokens.view({b, t, tokens.size(1), tokens.size(2)}).mean(1);
}

torch::Tensor GarModel::encode_images(const torch::Tensor& frames) const {
    if (!new_adapters) return vision.forward(frames, 1);
    VisionTower plain = vision;
    plain.adapters.clear();
    return plain.forward(frames, 1);
}

torch::Tensor normalise_pixels(const torch::Tensor& frames_u8, const checkpoint::PixelScale& scale) {
    const auto times_255 = [](const std::array<double, 3>& colours) {
        return torch::tensor(at::ArrayRef<double>(colours), torch::kFloat32).view({3, 1, 1}) * 255;
    };
    const auto mean = times_255(scale.mean), deviation = times_255(scale.deviation);
    const auto& device = frames_u8.device();
    return (frames_u8.to(torch::kFloat32) - mean.to(device)) / deviation.to(device);
}

}  // namespace rest::model
