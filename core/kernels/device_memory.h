// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <optional>

namespace rest::kernels {

// Asked of CUDA where LibTorch has it, by LibTorch's own allocator. On other devices, and without CUDA, nothing is
// known and nothing done. Any thread.

struct DeviceMemory {
    int64_t free = 0;   // bytes that no process holds, blocks kept by this process's allocator not included
    int64_t total = 0;  // bytes
};

/// Nothing for a CPU. Throws what LibTorch throws when the device does not answer.
std::optional<DeviceMemory> device_memory(torch::Device device);

/// Gives back to the devices what the allocator keeps for later and no tensor uses. Waits for the devices.
void release_device_blocks();

/// The most bytes that tensors have held on the device since the process began or forget_peak_device_bytes(); 0 for a
/// CPU.
int64_t peak_device_bytes(torch::Device device);
void forget_peak_device_bytes(torch::Device device);

/// True where bf16 products are the hardware's own: CUDA's compute capability 8.0 and later.
bool has_fast_bf16(torch::Device device);

}  // namespace rest::kernels
