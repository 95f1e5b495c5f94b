// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/checkpoint/checkpoint.h"
#include "core/model/text_decoder.h"
#include "core/model/vision.h"

namespace rest::model {

struct GarSettings {
    bool temporal_adapter = true;  // false: none, even if the checkpoint has them
    bool add_adapters = true;      // adds new ones if the checkpoint has none: for training
    int64_t image_size = 0;        // pixels; 0 keeps the checkpoint's
    uint64_t adapter_seed = 1;     // of adapters that the checkpoint lacks
    torch::Device device = torch::kCPU;
    bool bf16 = false;  // compute in bfloat16 (core/kernels/bf16_layers.h); the weights stay float32
};

/// The generative action recognition model (Sec. 3.2): BLIP's ViT with temporal adapters, and its text decoder.
/// Forward passes do not change it.
struct GarModel {
    checkpoint::ModelSizes sizes;
    checkpoint::Weights weights;  // the towers below are views of these; Hugging Face names
    checkpoint::Weights
        halves;  // with GarSettings::bf16, bfloat16 copies of the floating-point weights, under the same names
    VisionTower vision;
    TextDecoder decoder;
    bool new_adapters = false;  // the checkpoint did not have them

    /// From a captioner's checkpoint (checked for completeness). Adapters come from the checkpoint if it has them,
    /// else, if requested, are initialised with weights N(0, 1e-3) and zero bias: the model then differs from the
    /// published one.
    static GarModel from_checkpoint(checkpoint::Checkpoint checkpoint, const GarSettings& settings);
    bool in_bf16() const { return !halves.empty(); }
    /// Rebuilds the towers after tensors of `weights` or `halves` were replaced.
    void rebuild();
    /// Input of encode(), from (..., 3, S, S) uint8: normalised, except in bfloat16, where it stays uint8.
    torch::Tensor prepare(const torch::Tensor& frames_u8) const;

    /// clips (B, T, 3, S, S) from prepare() -> F (B, HW + 1, d): every frame through the final LayerNorm, averaged over
    /// T.
    torch::Tensor encode(const torch::Tensor& clips, const LayerInputs& show = {}) const;
    /// frames (B, 3, S, S) from prepare() -> (B, HW + 1, d) as the checkpoint's model encodes single images: new
    /// adapters are bypassed.
    torch::Tensor encode_images(const torch::Tensor& frames) const;
};

/// Normalises pixels for a model: (..., 3, S, S) uint8 -> float32, minus its mean, divided by its deviation.
torch::Tensor normalise_pixels(const torch::Tensor& frames_u8, const checkpoint::PixelScale& scale = {});

}  // namespace rest::model
