// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "app/bench/check_report.h"
#include "core/checkpoint/checkpoint.h"

namespace rest::app {

struct GoldenSettings {
    std::filesystem::path folder;  // golden/ of the reference data
    torch::Device device = torch::kCPU;
    bool bf16 =
        false;  // of captioners in core/kernels/bf16_layers.h; CLIP and BLIP retrieval on CUDA only, by autocast
};

/// The golden comparisons of tests/ on any device and without QtTest. float32: tensors to 1e-4, captions and lists
/// equal; bf16: 3 % of a tensor's norm, captions of 95 % of the beam searches equal. One function per part; each throws
/// what reading and computing throw.
void check_blip(const GoldenSettings& settings, CheckReport& report);
void check_beam_search(const GoldenSettings& settings, CheckReport& report);
void check_clip(const GoldenSettings& settings, CheckReport& report);
void check_blip_retrieval(const GoldenSettings& settings, CheckReport& report);
/// The video encoder, the loss, its gradients and an AdamW step.
void check_video_training(const GoldenSettings& settings, CheckReport& report);
/// Neighbours and updated lists: the same on every device, bit for bit.
void check_retrieval(const GoldenSettings& settings, CheckReport& report);
/// A short training: the loss falls, a repeated run and one in micro-batches agree.
void check_short_training(const GoldenSettings& settings, int64_t steps, CheckReport& report);

/// Runs a part; an exception counts as a failed check.
void run_part(const std::string& name, CheckReport& report, const std::function<void()>& part);

/// Compares got with wanted, each on any device, to the settings' tolerance.
void compare_tensors(const std::string& what, const torch::Tensor& got, const torch::Tensor& wanted,
                     const GoldenSettings& settings, CheckReport& report);

nlohmann::json read_golden_json(const std::filesystem::path& path);
/// A safetensors file's tensors on the device.
checkpoint::Weights golden_tensors(const std::filesystem::path& path, torch::Device device);

}  // namespace rest::app
