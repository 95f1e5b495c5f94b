// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/device_memory.h"

#include <cstddef>

#ifdef REST_TORCH_CUDA
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGuard.h>
#endif

namespace rest::kernels {

#ifdef REST_TORCH_CUDA

namespace {

using c10::cuda::CUDACachingAllocator::getDeviceStats;

/// "cuda" without an index is the current device.
c10::DeviceIndex number_of(torch::Device device) {
    return device.has_index() ? device.index() : c10::cuda::current_device();
}

/// A process without tensors on a device should not initialise CUDA, which uses memory itself.
bool in_use() {
    auto* const allocator = c10::cuda::CUDACachingAllocator::get();
    return allocator != nullptr && allocator->initialized();
}

}  // namespace

std::optional<DeviceMemory> device_memory(torch::Device device) {
    if (!device.is_cuda()) return std::nullopt;
    const c10::cuda::CUDAGuard guard(number_of(device));
    size_t free = 0, total = 0;
    C10_CUDA_CHECK(cudaMemGetInfo(&free, &total));
    return DeviceMemory{static_cast<int64_t>(free), static_cast<int64_t>(total)};
}

void release_device_blocks() {
    if (in_use()) c10::cuda::CUDACachingAllocator::emptyCache();
}

int64_t peak_device_bytes(torch::Device device) {
    if (!device.is_cuda() || !in_use()) return 0;
    return getDeviceStats(number_of(device)).allocated_bytes[0].peak;  // 0: the total over all block sizes
}

void forget_peak_device_bytes(torch::Device device) {
    if (device.is_cuda() && in_use()) c10::cuda::CUDACachingAllocator::resetPeakStats(number_of(device));
}

bool has_fast_bf16(torch::Device device) {
    return device.is_cuda() && at::cuda::getDeviceProperties(number_of(device))->major >= 8;
}

#else

std::optional<DeviceMemory> device_memory(torch::Device) {
    return std::nullopt;
}
void release_device_blocks() {}
int64_t peak_device_bytes(torch::Device) {
    return 0;
}
void forget_peak_device_bytes(torch::Device) {}
bool has_fast_bf16(torch::Device) {
    return false;
}

#endif

}  // namespace rest::kernels
