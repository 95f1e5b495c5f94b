// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/checkpoint/checkpoint.h"
#include "core/model/text_decoder.h"
#include "core/model/vision.h"

namespace rest::model {

struct GarSettings {
    bool temporal_adapter = true;  // false: without, even where the checkpoint has them
    bool add_adapters = true;      // new ones where the checkpoint has none: what training begins with
    int64_t image_size = 0;        // pixels; 0 keeps the checkpoint's
    uint64_t adapter_seed = 1;     // of adapters that the checkpoint lacks
    torch::Device device = torch::kCPU;
    bool bf16 = false;  // compute in bfloat16 (core/kernels/bf16_layers.h); the weights stay float32
};

/// The generative action recognition model (Sec. 3.2): BLIP's ViT with temporal adapters, and its text decoder.
/// Forward passes do not change it.
struct GarModel {
    checkpoint::ModelSizes sizes;
    checkpoint::Weights weights;  // what the towers below are views of, Hugging Face names
    checkpoint::Weights
        halves;  // with GarSettings::bf16 bfloat16 copies of the floating-point ones, under the same names
    VisionTower vision;
    TextDecoder decoder;
    bool new_adapters = false;  // which the checkpoint did not have

    /// From a captioner's checkpoint (checked to be complete). Adapters come from the checkpoint where it has them,
    /// else, if wanted, weights N(0, 1e-3) and zero bias: the model is then no longer what was published.
    static GarModel from_checkpoint(checkpoint::Checkpoint checkpoint, const GarSettings& settings);
    bool in_bf16() const { return !halves.empty(); }
    /// Makes the towers anew after `weights` or `halves` changed its tensors.
    void rebuild();
    /// Pixels as encode() wants them, from (..., 3, S, S) uint8: normalised, in bfloat16 as they are.
    torch::Tensor prepare(const torch::Tensor& frames_u8) const;

    /// clips (B, T, 3, S, S) as prepare() gives them -> F (B, HW + 1, d): every frame through the final LayerNorm,
    /// averaged over T.
    torch::Tensor encode(const torch::Tensor& clips, const LayerInputs& show = {}) const;
    /// frames (B, 3, S, S) as prepare() gives them -> (B, HW + 1, d) as the checkpoint's model sees single images: new
    /// adapters are passed by.
    torch::Tensor encode_images(const torch::Tensor& frames) const;
};

/// Pixels to what a model expects: (..., 3, S, S) uint8 -> float32, minus its mean, over its deviation.
torch::Tensor normalise_pixels(const torch::Tensor& frames_u8, const checkpoint::PixelScale& scale = {});

}  // namespace rest::model
