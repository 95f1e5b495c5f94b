// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::kernels {

/// While one lives on a thread, backward passes of core/kernels on it add the gradients of weights to the weights' own
/// grad() as they are computed, where there is one, instead of making them in memory of their own to be added
/// afterwards. For backward() on leaves; torch::autograd::grad() would miss them.
class InPlaceGradients {
  public:
    InPlaceGradients();
    ~InPlaceGradients();
    InPlaceGradients(const InPlaceGradients&) = delete;
    InPlaceGradients& operator=(const InPlaceGradients&) = delete;
};

/// Where a backward pass adds up the gradient of `weight` (contiguous float32 on the CPU).
class GradientSum {
  public:
    explicit GradientSum(const torch::Tensor& weight);
    float* data() const { return sum_.data_ptr<float>(); }
    /// What backward() returns for the weight: undefined when the sum is its grad() already.
    torch::Tensor result() const { return in_place_ ? torch::Tensor() : sum_; }

  private:
    bool in_place_;
    torch::Tensor sum_;  // of the weight's shape
};

}  // namespace rest::kernels
