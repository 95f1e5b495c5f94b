// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/gemm.h"

#ifdef REST_ONEDNN
#include <dnnl.h>

#include <new>
#include <stdexcept>
#else
#include "core/tensor/libtorch.h"
#endif

namespace rest::kernels {

#ifdef REST_ONEDNN

void gemm(const GemmSize& size, const GemmSide& a, const GemmSide& b, float* c, int64_t stride_c, float alpha,
          float beta) {
    const auto status = dnnl_sgemm(a.transposed ? 'T' : 'N', b.transposed ? 'T' : 'N', size.rows, size.columns,
                                   size.inner, alpha, a.data, a.stride, b.data, b.stride, beta, c, stride_c);
    if (status == dnnl_out_of_memory) throw std::bad_alloc();
    if (status != dnnl_success) throw std::invalid_argument("A matrix product of impossible size or stride");
}

#else

namespace {

torch::Tensor matrix(const GemmSide& side, int64_t rows, int64_t columns) {
    auto* data = const_cast<float*>(side.data);  // from_blob has no const version
    if (side.transposed) return torch::from_blob(data, {columns, rows}, {side.stride, 1}).t();
    return torch::from_blob(data, {rows, columns}, {side.stride, 1});
}

}  // namespace

void gemm(const GemmSize& size, const GemmSide& a, const GemmSide& b, float* c, int64_t stride_c, float alpha,
          float beta) {
    const torch::NoGradGuard no_grad;
    auto out = torch::from_blob(c, {size.rows, size.columns}, {stride_c, 1});
    at::addmm_out(out, out, matrix(a, size.rows, size.inner), matrix(b, size.inner, size.columns), beta, alpha);
}

#endif

}  // namespace rest::kernels
