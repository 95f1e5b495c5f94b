// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::kernels {

/// Replaces each row of `scores` (rows, columns) by exp(score - its maximum) and writes the sum of each to `sums`: the
/// softmax without the division, which is cheaper where the row is shorter. `mask` (rows, columns) is added first
/// unless null; -inf becomes exactly 0.
void exponentiate_rows(float* scores, const float* mask, int64_t rows, int64_t columns, float* sums);

/// The softmax's gradient: gradients[r][i] = p[r][i] * (gradients[r][i] - centres[r]) * scale.
void softmax_gradient_rows(float* gradients, const float* p, const float* centres, float scale, int64_t rows,
                           int64_t columns);

/// values[r][i] *= factors[r] for `columns` of each row.
void scale_rows(float* values, int64_t stride, const float* factors, int64_t rows, int64_t columns);

/// sums[r] = sum of a[r][i] * b[r][i]
void dot_rows(const float* a, int64_t stride_a, const float* b, int64_t stride_b, int64_t rows, int64_t columns,
              float* sums);

}  // namespace rest::kernels
