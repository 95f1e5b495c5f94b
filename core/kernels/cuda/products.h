// SPDX-License-Identifier: GPL-3.0-or-later
// Matrix products of bfloat16 on a CUDA device by cuBLASLt, fused with the surrounding operations. No LibTorch here:
// pointers, sizes and a stream.
#pragma once

#include <cstdint>

namespace rest::kernels::cuda {

/// Workspace memory during a product; the faster algorithms need it.
struct Workspace {
    void* data = nullptr;
    int64_t bytes = 0;
};
inline constexpr int64_t kWorkspaceBytes = int64_t{64} << 20;

/// x (rows, in), w (out, in), y (rows, out), all bfloat16, contiguous and row-major.
struct ProductSize {
    int64_t rows, out, in;
};

/// y = x w^T + bias + residual. bias (out) and residual (rows, out) bfloat16, may be null; residual may be y.
void product(const ProductSize& size, const void* x, const void* w, const void* bias, const void* residual, void* y,
             const Workspace& workspace, void* stream);

/// u = x w^T + bias and y = gelu(u), by the tanh approximation, which is within 5e-4 of the exact erf formula: less
/// than bfloat16's resolution. u may be null.
void product_gelu(const ProductSize& size, const void* x, const void* w, const void* bias, void* u, void* y,
                  const Workspace& workspace, void* stream);

// Backward; g is the gradient of y.

/// gradient of x = g w + sum, (rows, in) bfloat16. sum may be null or the result itself.
void product_input_gradient(const ProductSize& size, const void* g, const void* w, const void* sum, void* gradient_x,
                            const Workspace& workspace, void* stream);

/// gradient_w += g^T x, (out, in) float32. gradient_bias (out) float32, may be null: set to the sum of g's rows.
void product_weight_gradient(const ProductSize& size, const void* g, const void* x, float* gradient_w,
                             float* gradient_bias, const Workspace& workspace, void* stream);

}  // namespace rest::kernels::cuda
