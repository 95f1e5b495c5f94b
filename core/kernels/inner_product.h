// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <memory>

namespace rest::kernels {

enum class Activation { none, gelu, quick_gelu };

/// A weight in the layout that oneDNN's kernels read. For small numbers of rows, where reordering would take as long as
/// the product. Keeps its own copy: recreate it when the weight changes.
class PackedWeight {
  public:
    /// `weight` (out, in) float32 on the CPU; `rows`: the approximate number of rows of x. Null without oneDNN.
    static std::shared_ptr<const PackedWeight> pack(const torch::Tensor& weight, int64_t rows);

    struct Storage;
    explicit PackedWeight(std::unique_ptr<Storage> storage);
    ~PackedWeight();
    const Storage& storage() const { return *storage_; }

  private:
    std::unique_ptr<Storage> storage_;
};

struct InnerProductExtras {
    Activation activation = Activation::none;
    torch::Tensor residual;  // (..., out), added last if defined
    const PackedWeight* packed = nullptr;
};

/// Whether inner_product() supports these tensors: all float32 on the CPU, and a build with oneDNN.
bool inner_product_takes(const torch::Tensor& x, const torch::Tensor& weight);

/// activation(x W^T + b) + residual in one pass over the output. x (..., in), weight (out, in), bias (out) or
/// undefined; returns (..., out). Not differentiable. Throws std::bad_alloc.
torch::Tensor inner_product(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                            const InnerProductExtras& extras);

}  // namespace rest::kernels
