// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::kernels {

/// The factors of one AdamW step, the same for every value:
///   m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2,  p = decay p - step_size m / (root sqrt(v) +
///   epsilon).
struct AdamWStep {
    float decay;  // 1 - learning rate * weight decay
    float beta1, beta2;
    float step_size;  // learning rate / (1 - beta1^t)
    float root;       // 1 / sqrt(1 - beta2^t)
    float epsilon;
};

}  // namespace rest::kernels
