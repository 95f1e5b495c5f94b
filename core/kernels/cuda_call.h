// SPDX-License-Identifier: GPL-3.0-or-later
// Helpers to call core/kernels/cuda with tensors, shared by the sources behind bf16_kernels.h.
#pragma once

#include <c10/core/DeviceGuard.h>
#include <c10/cuda/CUDAStream.h>

#include "core/kernels/bf16_layers.h"
#include "core/kernels/cuda/products.h"

namespace rest::kernels::bf16::on_cuda {

/// The device and stream of a call, and workspace for its products.
class Here {
  public:
    explicit Here(const torch::Tensor& on) : guard_(on.device()), options_(on.options()) {}
    void* stream() const { return c10::cuda::getCurrentCUDAStream().stream(); }
    cuda::Workspace workspace() {
        if (!memory_.defined()) memory_ = torch::empty({cuda::kWorkspaceBytes}, options_.dtype(torch::kUInt8));
        return {memory_.data_ptr(), cuda::kWorkspaceBytes};
    }

  private:
    c10::DeviceGuard guard_;
    torch::TensorOptions options_;
    torch::Tensor memory_;
};

/// The gradient of a parameter; created if there is none.
inline float* sum_of(torch::Tensor value) {
    if (!value.grad().defined()) value.mutable_grad() = torch::zeros_like(value);
    return value.grad().data_ptr<float>();
}

/// Null for an omitted tensor.
inline const void* data(const torch::Tensor& x) {
    return x.defined() && x.numel() > 0 ? x.data_ptr() : nullptr;
}

}  // namespace rest::kernels::bf16::on_cuda
