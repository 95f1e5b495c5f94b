// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <optional>

namespace rest::kernels {

// Queries CUDA through LibTorch's allocator if LibTorch has it. On other devices, and without CUDA, returns nothing and
// does nothing. Any thread.

struct DeviceMemory {
    int64_t free = 0;   // bytes that no process holds; blocks cached by this process's allocator are not included
    int64_t total = 0;  // bytes
};

/// Empty for a CPU. Throws what LibTorch throws if the device does not respond.
std::optional<DeviceMemory> device_memory(torch::Device device);

/// Returns the allocator's unused cached blocks to the devices. Waits for the devices.
void release_device_blocks();

/// Peak bytes of tensors on the device since the process began or forget_peak_device_bytes(); 0 for a CPU.
int64_t peak_device_bytes(torch::Device device);
void forget_peak_device_bytes(torch::Device device);

/// True if the hardware supports bf16 products natively: CUDA's compute capability 8.0 and later.
bool has_fast_bf16(torch::Device device);

}  // namespace rest::kernels
