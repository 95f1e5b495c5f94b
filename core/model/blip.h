// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <vector>

#include "core/model/checkpoint.h"
#include "core/model/vision.h"
#include "core/model/text_decoder.h"

namespace rest {

/// The generative action recognition model (Sec. 3.2): BLIP's ViT with temporal adapters, and its text decoder.
/// Weights are shared with whoever holds the same tensors; forward passes do not change it.
struct GarModel {
    ModelSizes sizes;
    VisionTower vision;
    TextDecoder decoder;

    /// From a complete captioner's checkpoint (checked). Adapters come from the checkpoint where it has them, else, with
    /// `temporal_adapter`, weights N(0, 1e-3) from `adapter_seed` and zero bias. `image_size` 0 keeps the checkpoint's.
    static GarModel build(Checkpoint& checkpoint, bool temporal_adapter, int64_t image_size, uint64_t adapter_seed,
                          torch::Device device);

    /// clips (B, T, 3, S, S) normalised -> F (B, HW + 1, d), Sec. 3.2. T = 1 is BLIP on images, adapters passed by.
    torch::Tensor encode(const torch::Tensor& clips) const;
};

/// Mean and deviation by which BLIP and CLIP normalise pixels: frames (..., 3, S, S) uint8 -> float32.
torch::Tensor normalise_pixels(const torch::Tensor& frames_u8);

}  // namespace rest
