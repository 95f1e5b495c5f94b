// SPDX-License-Identifier: GPL-3.0-or-later
// cuBLASLt is column-major: our (rows, n) is its (n, rows), so y = x w^T becomes y' = w x' there.
#include "core/kernels/cuda/products.h"

#include <cublasLt.h>
#include <cuda_runtime.h>

#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <tuple>

namespace rest::kernels::cuda {
namespace {

void check(cublasStatus_t status, const char* what) {
    if (status != CUBLAS_STATUS_SUCCESS)
        throw std::runtime_error(std::string("cuBLASLt: ") + what + ": " + cublasLtGetStatusName(status));
}

struct Delete {
    void operator()(cublasLtMatmulDescOpaque_t* it) const { cublasLtMatmulDescDestroy(it); }
    void operator()(cublasLtMatrixLayoutOpaque_t* it) const { cublasLtMatrixLayoutDestroy(it); }
    void operator()(cublasLtMatmulPreferenceOpaque_t* it) const { cublasLtMatmulPreferenceDestroy(it); }
    void operator()(cublasLtContext* it) const { cublasLtDestroy(it); }
};
template <class T>
using Owned = std::unique_ptr<T, Delete>;

/// D (m, n) = op(A) op(B) + C, column-major.
struct Shape {
    int64_t m, n, k;
    bool a_transposed, b_transposed, adds, float_result;
    cublasLtEpilogue_t epilogue;
    bool has_aux;
    auto key() const {
        return std::tuple(m, n, k, a_transposed, b_transposed, adds, float_result, static_cast<int>(epilogue), has_aux);
    }
    bool operator<(const Shape& other) const { return key() < other.key(); }
};

Owned<cublasLtMatrixLayoutOpaque_t> layout(cudaDataType_t type, int64_t rows, int64_t columns) {
    cublasLtMatrixLayout_t made = nullptr;
    check(cublasLtMatrixLayoutCreate(&made, type, static_cast<uint64_t>(rows), static_cast<uint64_t>(columns), rows),
          "layout");
    return Owned<cublasLtMatrixLayoutOpaque_t>(made);
}

struct Operands {
    const void *a, *b, *c;
    void* d;
    const void* bias = nullptr;  // added by the epilogue, or where it writes the gradient
    const void* aux = nullptr;
};

/// A plan for products of one shape. The algorithm is chosen once: the query takes longer than a small product.
class Plan {
  public:
    Plan(cublasLtHandle_t handle, const Shape& s, int64_t workspace) : shape_(s) {
        const auto result = s.float_result ? CUDA_R_32F : CUDA_R_16BF;
        a_ = s.a_transposed ? layout(CUDA_R_16BF, s.k, s.m) : layout(CUDA_R_16BF, s.m, s.k);
        b_ = s.b_transposed ? layout(CUDA_R_16BF, s.n, s.k) : layout(CUDA_R_16BF, s.k, s.n);
        d_ = layout(result, s.m, s.n);
        // Only the pointers' alignment matters for the choice.
        alignas(16) static const char anywhere[16] = {};
        const auto description = describe({anywhere, anywhere, anywhere, nullptr, anywhere, anywhere});
        cublasLtMatmulPreference_t preference = nullptr;
        check(cublasLtMatmulPreferenceCreate(&preference), "preference");
        const Owned<cublasLtMatmulPreferenceOpaque_t> owned(preference);
        const auto bytes = static_cast<uint64_t>(workspace);
        check(cublasLtMatmulPreferenceSetAttribute(preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &bytes,
                                                   sizeof bytes),
              "workspace");
        // Of the parameters' copies, which share one buffer; the default assumption is 256.
        const uint32_t alignment = 16;
        for (const auto side :
             {CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES,
              CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES}) {
            check(cublasLtMatmulPreferenceSetAttribute(preference, side, &alignment, sizeof alignment), "alignment");
        }
        int found = 0;
        check(cublasLtMatmulAlgoGetHeuristic(handle, description.get(), a_.get(), b_.get(), d_.get(), d_.get(),
                                             preference, 1, &choice_, &found),
              "choice of an algorithm");
        if (found == 0)
            throw std::runtime_error("cuBLASLt has no algorithm for a product of " + std::to_string(s.m) + " x " +
                                     std::to_string(s.n) + " x " + std::to_string(s.k));
    }

    void run(cublasLtHandle_t handle, const Operands& o, const Workspace& workspace, cudaStream_t stream) const {
        const float one = 1, beta = shape_.adds ? 1 : 0;
        check(cublasLtMatmul(handle, describe(o).get(), &one, o.a, a_.get(), o.b, b_.get(), &beta,
                             o.c != nullptr ? o.c : o.d, d_.get(), o.d, d_.get(), &choice_.algo, workspace.data,
                             static_cast<size_t>(workspace.bytes), stream),
              "product");
    }

  private:
    Owned<cublasLtMatmulDescOpaque_t> describe(const Operands& o) const {
        cublasLtMatmulDesc_t made = nullptr;
        check(cublasLtMatmulDescCreate(&made, CUBLAS_COMPUTE_32F, CUDA_R_32F), "description");
        Owned<cublasLtMatmulDescOpaque_t> out(made);
        const auto set = [&](cublasLtMatmulDescAttributes_t what, const auto& value) {
            check(cublasLtMatmulDescSetAttribute(made, what, &value, sizeof value), "attribute");
        };
        const cublasOperation_t transposed = CUBLAS_OP_T;
        if (shape_.a_transposed) set(CUBLASLT_MATMUL_DESC_TRANSA, transposed);
        if (shape_.b_transposed) set(CUBLASLT_MATMUL_DESC_TRANSB, transposed);
        set(CUBLASLT_MATMUL_DESC_EPILOGUE, shape_.epilogue);
        if (shape_.epilogue == CUBLASLT_EPILOGUE_DEFAULT) return out;
        if (shape_.epilogue != CUBLASLT_EPILOGUE_GELU) set(CUBLASLT_MATMUL_DESC_BIAS_POINTER, o.bias);
        if (shape_.has_aux) {
            set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER, o.aux);
            set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD, shape_.m);
        }
        return out;
    }

    Shape shape_;
    Owned<cublasLtMatrixLayoutOpaque_t> a_, b_, d_;
    cublasLtMatmulHeuristicResult_t choice_{};
};

/// Plans of one device. Any thread.
class Plans {
  public:
    Plans() {
        cublasLtHandle_t made = nullptr;
        check(cublasLtCreate(&made), "start");
        handle_.reset(made);
    }

    void run(const Shape& shape, const Operands& operands, const Workspace& workspace, void* stream) {
        const Plan* plan = nullptr;
        {
            const std::lock_guard lock(mutex_);
            auto& kept = plans_[shape];
            if (!kept) kept = std::make_unique<Plan>(handle_.get(), shape, workspace.bytes);
            plan = kept.get();
        }
        plan->run(handle_.get(), operands, workspace, static_cast<cudaStream_t>(stream));
    }

  private:
    Owned<cublasLtContext> handle_;
    std::mutex mutex_;
    std::map<Shape, std::unique_ptr<Plan>> plans_;
};

/// Kept for the lifetime of the process: creating a plan costs as much as many products.
void run(const Shape& shape, const Operands& operands, const Workspace& workspace, void* stream) {
    static std::mutex mutex;
    static std::map<int, std::unique_ptr<Plans>> of_devices;
    int device = 0;
    if (cudaGetDevice(&device) != cudaSuccess) throw std::runtime_error("CUDA: there is no current device");
    Plans* plans = nullptr;
    {
        const std::lock_guard lock(mutex);
        auto& kept = of_devices[device];
        if (!kept) kept = std::make_unique<Plans>();
        plans = kept.get();
    }
    plans->run(shape, operands, workspace, stream);
}

}  // namespace

void product(const ProductSize& s, const void* x, const void* w, const void* bias, const void* residual, void* y,
             const Workspace& workspace, void* stream) {
    const auto epilogue = bias != nullptr ? CUBLASLT_EPILOGUE_BIAS : CUBLASLT_EPILOGUE_DEFAULT;
    run({s.out, s.rows, s.in, true, false, residual != nullptr, false, epilogue, false}, {w, x, residual, y, bias},
        workspace, stream);
}

void product_gelu(const ProductSize& s, const void* x, const void* w, const void* bias, void* u, void* y,
                  const Workspace& workspace, void* stream) {
    const auto epilogue = u != nullptr ? CUBLASLT_EPILOGUE_GELU_AUX_BIAS : CUBLASLT_EPILOGUE_GELU_BIAS;
    run({s.out, s.rows, s.in, true, false, false, false, epilogue, u != nullptr}, {w, x, nullptr, y, bias, u},
        workspace, stream);
}

void product_input_gradient(const ProductSize& s, const void* g, const void* w, const void* sum, void* gradient_x,
                            const Workspace& workspace, void* stream) {
    run({s.in, s.rows, s.out, false, false, sum != nullptr, false, CUBLASLT_EPILOGUE_DEFAULT, false},
        {w, g, sum, gradient_x}, workspace, stream);
}

void product_weight_gradient(const ProductSize& s, const void* g, const void* x, float* gradient_w,
                             float* gradient_bias, const Workspace& workspace, void* stream) {
    const auto epilogue = gradient_bias != nullptr ? CUBLASLT_EPILOGUE_BGRADB : CUBLASLT_EPILOGUE_DEFAULT;
    run({s.in, s.out, s.rows, false, true, true, true, epilogue, false}, {x, g, gradient_w, gradient_w, gradient_bias},
        workspace, stream);
}

}  // namespace rest::kernels::cuda
