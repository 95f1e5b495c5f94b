// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::kernels {

/// One operand of a product: row-major floats, `stride` from row to row. If transposed, rows in memory are columns of
/// the matrix.
struct GemmSide {
    const float* data;
    int64_t stride;
    bool transposed = false;
};

struct GemmSize {
    int64_t rows, columns, inner;
};

/// C = alpha A B + beta C with A (rows, inner), B (inner, columns), C (rows, columns) of row stride `stride_c`. Uses
/// all threads, or one if called within a parallel region. Throws std::bad_alloc.
void gemm(const GemmSize& size, const GemmSide& a, const GemmSide& b, float* c, int64_t stride_c, float alpha = 1,
          float beta = 0);

}  // namespace rest::kernels
