// SPDX-License-Identifier: GPL-3.0-or-later
// The only place that knows which attention kernels exist.
#include "core/kernels/attention.h"

#include <torch/version.h>

#include <cmath>
#include <optional>

#include "core/kernels/cpu_attention.h"

namespace rest::kernels {

torch::Tensor attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                        const torch::Tensor& mask) {
#if TORCH_VERSION_MAJOR >= 2
    if (q.is_cuda()) {
        const auto bias = mask.defined() ? std::optional<torch::Tensor>(mask.to(q.scalar_type())) : std::nullopt;
        return at::scaled_dot_product_attention(q, k, v, bias);
    }
#endif
    if (cpu_attention_takes(q, k, v, mask)) return cpu_attention(q, k, v, mask);
    auto scores = torch::matmul(q * (1 / std::sqrt(static_cast<double>(q.size(-1)))), k.transpose(-1, -2));
    if (mask.defined()) scores = scores + mask;
    return torch::matmul(torch::softmax(scores, -1), v);
}

}  // namespace rest::kernels
