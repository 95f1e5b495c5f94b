// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::test {

/// The maximum over all elements of min(absolute, relative) difference: golden tensors allow 1e-4. The tensors may be
/// on any device.
inline double difference(const torch::Tensor& got, const torch::Tensor& wanted) {
    if (got.sizes() != wanted.sizes()) return 1e30;
    const auto a = got.detach().to(torch::kCPU).to(torch::kFloat64),
               b = wanted.detach().to(torch::kCPU).to(torch::kFloat64);
    const auto absolute = (a - b).abs();
    return torch::minimum(absolute, absolute / b.abs().clamp_min(1e-12)).max().item<double>();
}

}  // namespace rest::test
