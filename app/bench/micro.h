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
    int repeats = 7;     // calls of which the median counts, after the first
};

/// One operation at the size of the real work. It owns its operands; prints nothing.
struct MicroOperation {
    std::string name;
    double flop = 0;   // 0: not what bounds it
    double bytes = 0;  // read and written at least; 0: not what bounds it
    std::function<void()> run;
};

/// Operations that share operands: made when their turn comes, freed after it.
struct MicroGroup {
    const char* name;
    std::vector<MicroOperation> (*make)(const MicroSettings&);
};

// A further group: a function here, a line in micro_groups().
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

/// BLIP-base's sizes, which all of them run at.
constexpr int64_t kFrames = 8, kTokens = 197, kWidth = 768, kHeads = 12;

const std::vector<MicroGroup>& micro_groups();

/// Throws Error (invalid_argument) for a name there is not.
void require_micro(const std::vector<std::string>& names);

/// Times the groups named (all without) and prints a line an operation: the first call apart, which shows what is built
/// anew for a new shape, and the median of those after it. An operation that throws is a line too. Returns how many
/// did. Throws what require_micro() throws.
int run_micro(const std::vector<std::string>& names, const MicroSettings& settings);

}  // namespace rest::app
