// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/training/flat_parameters.h"

namespace rest::training {

struct AdamWSettings {
    double beta1 = 0.9;
    double beta2 = 0.98;
    double epsilon = 1e-8;
    double weight_decay = 0.001;
};

/// AdamW (Loshchilov & Hutter) as in PyTorch, over flat buffers: one pass on the CPU and, with our own kernels, on
/// CUDA.
class AdamW {
  public:
    AdamW(FlatParameters parameters, const AdamWSettings& settings);

    /// One step with the current gradients, which are then set to zero. Returns false if the weights or the moments
    /// contain NaN or infinity afterwards, or if a weight's square overflows float32.
    bool step(double learning_rate);

    /// False if the weights or the moments contain NaN or infinity now, or if their sums overflow float32. Reads all of
    /// them.
    bool finite() const;

    /// Sets the gradients to zero without a step.
    void forget_gradients() { parameters_.gradients.zero_(); }

    const FlatParameters& parameters() const { return parameters_; }
    int64_t steps() const { return steps_; }
    /// (number of trained values), in the order of their names, whatever the model's device.
    torch::Tensor first_moment() const { return parameters_.without_gaps(first_); }
    torch::Tensor second_moment() const { return parameters_.without_gaps(second_); }
    /// Resumes from a checkpoint. Throws Error (damaged) if the sizes do not match this model's.
    void restore(int64_t steps, const torch::Tensor& first_moment, const torch::Tensor& second_moment);

  private:
    FlatParameters parameters_;
    AdamWSettings settings_;
    torch::Tensor first_, second_;  // (P)
    int64_t steps_ = 0;
};

}  // namespace rest::training
