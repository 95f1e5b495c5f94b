// SPDX-License-Identifier: GPL-3.0-or-later
// Shared by all .cu files: shared memory under one name on a GPU and in tests/support/cuda_emulation.h, errors, dtypes.
#pragma once

#include <cstdint>

#ifndef REST_EMULATED
#include <cuda_bf16.h>
#include <cuda_runtime.h>

#include <stdexcept>
#include <string>

#define REST_SHARED(type, name, count) __shared__ type name[count]
#define REST_DYNAMIC_SHARED(type, name)                           \
    extern __shared__ __align__(16) unsigned char name##_bytes[]; \
    type* name = reinterpret_cast<type*>(name##_bytes)
#endif

namespace rest::kernels::cuda {

#ifndef REST_EMULATED
/// Throws std::runtime_error with CUDA's message.
inline void check(cudaError_t error, const char* what) {
    if (error != cudaSuccess) throw std::runtime_error(std::string("CUDA: ") + what + ": " + cudaGetErrorString(error));
}
#endif

constexpr unsigned kAllLanes = 0xffffffff;  // of a warp

inline int64_t blocks_for(int64_t items, int64_t a_block) {
    return (items + a_block - 1) / a_block;
}

}  // namespace rest::kernels::cuda
