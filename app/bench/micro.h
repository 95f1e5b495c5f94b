// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rest::app {

struct MicroSettings {
    torch::Device device = torch::kCPU;
    bool bf16 = false;   // operands of products and attention, and autocast; CUDA only
    int64_t clips = 64;  // of 8 frames of 224 pixels; decoding: videos with 3 beams
    int repeats = 7;     // timed calls after the first, of which the median is taken
};

/// One operation at the real work's size. It owns its operands; prints nothing.
struct MicroOperation {
    std::string name;
    double flop = 0;   // 0: not compute-bound
    double bytes = 0;  // at least this many read and written; 0: not memory-bound
    std::function<void()> run;
};

/// Operations that share operands: created when their turn comes, freed afterwards.
struct MicroGroup {
    const char* name;
    std::vector<MicroOperation> (*make)(const MicroSettings&);
};

// To add a group: a function here, a line in micro_groups().
std::vector<MicroOperation> adapter_operations(const MicroSettings& settings);
std::vector<MicroOperation> attention_operations(const MicroSettings& settings);
std::vector<MicroOperation> layer_operations(const MicroSettings& settings);
std::vector<MicroOperation> pixel_operations(const MicroSettings& settings);
std::vector<MicroOperation> step_attention_operations(const MicroSettings& settings);
std::vector<MicroOperation> decoding_operations(const MicroSettings& settings);
std::vector<MicroOperation> optimiser_operations(const MicroSettings& settings);
std::vector<MicroOperation> product_operations(const MicroSettings& settings);
std::vector<MicroOperation> attention_choices(const MicroSettings& settings);
std::vector<MicroOperation> kernel_operations(const MicroSettings& settings);

/// BLIP-base's sizes, at which all of them run.
constexpr int64_t kFrames = 8, kTokens = 197, kWidth = 768, kHeads = 12;

const std::vector<MicroGroup>& micro_groups();

/// Throws Error (invalid_argument) for an unknown name.
void require_micro(const std::vector<std::string>& names);

/// Times the named groups (none named: all) and prints a line per operation: the time of the first call, which shows
/// what is built again for a new shape, and the median of the following ones. An operation that throws is a line too.
/// Returns how many did. Throws what require_micro() throws.
int run_micro(const std::vector<std::string>& names, const MicroSettings& settings);

}  // namespace rest::app
