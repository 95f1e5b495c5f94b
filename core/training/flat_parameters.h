// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include "core/model/blip.h"

namespace rest {

/// All trained tensors of a model as views of one buffer, and their gradients as views of another, so that the optimiser
/// makes one pass over contiguous memory.
struct FlatParameters {
    torch::Tensor values;     // (P) float32
    torch::Tensor gradients;  // (P)

    /// Replaces the floating-point tensors in `weights` by trainable views (tied names stay tied). Towers built from
    /// `weights` must be built again.
    static FlatParameters adopt(Weights& weights);
};

/// adopt() for a captioner, its towers built again; the memory of the weights as they were read is given back.
FlatParameters make_trainable(GarModel& model);

}  // namespace rest
