// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <memory>
#include <vector>

#include "core/distributed/group.h"
#include "core/model/blip.h"
#include "core/training/flat_parameters.h"

namespace rest::training {

/// Sums a captioner's gradients over the processes of a group during the backward pass: the decoder's first, then each
/// layer's of the vision tower, the last first, as soon as they are complete. Every process sums the same buckets in
/// the same order, whether it has clips of its own or not.
class GradientExchange {
  public:
    /// All three must outlive it.
    GradientExchange(distributed::Group& group, const model::GarModel& model, const FlatParameters& parameters);

    /// For GarModel::encode() in the last forward pass of a batch, and for its result.
    model::LayerInputs layer_inputs();
    void watch_features(const torch::Tensor& features);

    /// Starts the remaining sums and returns when all gradients are summed.
    void finish();

  private:
    /// Bucket 0 is the decoder's, 1 that of the last layer, ..., and the last one has everything outside the layers.
    void start_through(size_t bucket);
    void on_gradient(const torch::Tensor& of, size_t bucket);

    distributed::Group& group_;
    torch::Tensor gradients_;
    int64_t layers_;
    std::vector<std::vector<FlatParameters::Span>> buckets_;
    size_t started_ = 0;  // buckets started
    std::vector<std::unique_ptr<distributed::PendingSum>> pending_;
};

}  // namespace rest::training
