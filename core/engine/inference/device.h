// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <string>

#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// Where and how a job computes.
struct Machine {
    torch::Device device = torch::kCPU;
    bool bf16 = false;
    int threads = 1;
    int64_t memory = 0;  // bytes that a GPU has; of several processes', the smallest. 0: unknown

    std::string description() const;  // "CPU, 2 threads", "CUDA device 0, bf16"
    /// Suffix of the keys of cached results, by what computed them: empty for the CPU, " by CUDA in bf16". Runs without
    /// such a suffix were computed on the CPU.
    std::string key_suffix() const;
};

/// CUDA devices that this process sees.
int gpu_count();

/// Reads device, precision and threads, sets LibTorch's thread count (its default is one on Debian), and enables memory
/// reuse for tensors. Throws Error (device, invalid_argument) if the requested device is absent.
Machine prepare_machine(const MachineSettings& settings);

}  // namespace rest::engine
