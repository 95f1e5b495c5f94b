// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/device.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/kernels/cpu_blocks.h"
#include "core/kernels/device_memory.h"
#include "core/kernels/ranges.h"

namespace rest::engine {
namespace {

torch::Device pick_device(const std::string& name) {
    if (name == "cpu") return torch::kCPU;
    if (name == "auto")
        return torch::cuda::is_available() ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
    if (name != "cuda" && !name.starts_with("cuda:")) {
        throw Error(ErrorCode::invalid_argument, "device = " + name + " is unknown", "Use auto, cpu, cuda or cuda:n.");
    }
    if (!torch::cuda::is_available()) {
        throw Error(ErrorCode::device, "device = " + name + ", but this LibTorch sees no CUDA device",
                    "Set device to auto or cpu, or build with the CUDA LibTorch on a machine with a GPU.");
    }
    try {
        const torch::Device device(name == "cuda" ? "cuda:0" : name);
        if (device.index() < static_cast<int>(torch::cuda::device_count())) return device;
    } catch (const c10::Error&) {
    }
    throw Error(ErrorCode::device, "device = " + name + ", but there are " +
                                       std::to_string(torch::cuda::device_count()) + " CUDA devices");
}

}  // namespace

std::string Machine::description() const {
    if (device.is_cpu()) return "CPU, " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
    return "CUDA device " + std::to_string(device.index()) + (bf16 ? ", bf16" : ", fp32");
}

std::string Machine::key_suffix() const {
    if (device.is_cpu()) return {};
    return std::string(" by CUDA in ") + (bf16 ? "bf16" : "fp32");
}

int gpu_count() {
    return torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
}

Machine prepare_machine(const MachineSettings& settings) {
    Machine machine;
    machine.device = pick_device(settings.device);
    machine.bf16 = settings.precision != Precision::fp32 &&
                   kernels::has_fast_bf16(machine.device);  // before Ampere it is slower than fp32
    machine.threads = kernels::use_threads(settings.threads);
    if (const auto memory = kernels::device_memory(machine.device)) machine.memory = memory->total;
    kernels::reuse_cpu_blocks();
    return machine;
}

}  // namespace rest::engine
