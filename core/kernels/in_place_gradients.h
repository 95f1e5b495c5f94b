// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::kernels {

/// While an instance exists on a thread, backward passes of core/kernels on that thread accumulate weight gradients
/// directly in the weights' grad(), if defined, instead of in temporaries that are added afterwards. For backward() on
/// leaves; torch::autograd::grad() would miss them.
class InPlaceGradients {
  public:
    InPlaceGradients();
    ~InPlaceGradients();
    InPlaceGradients(const InPlaceGradients&) = delete;
    InPlaceGradients& operator=(const InPlaceGradients&) = delete;
};

/// The buffer in which a backward pass accumulates the gradient of `weight` (contiguous float32 on the CPU).
class GradientSum {
  public:
    explicit GradientSum(const torch::Tensor& weight);
    float* data() const { return sum_.data_ptr<float>(); }
    /// What backward() returns for the weight: undefined if the sum already is its grad().
    torch::Tensor result() const { return in_place_ ? torch::Tensor() : sum_; }

  private:
    bool in_place_;
    torch::Tensor sum_;  // of the weight's shape
};

}  // namespace rest::kernels
