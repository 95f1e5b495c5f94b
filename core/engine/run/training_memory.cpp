// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/training_memory.h"

#include <fmt/format.h>

#include <algorithm>

namespace rest::engine {
namespace {

/// Bytes per token and channel that backward keeps for one layer.
int64_t kept_bytes(const Machine& machine) {
    // x, q, k, v, the outputs of attention, of its projection and of the feed-forward, and in every other layer the
    // hidden activation of four times the width.
    if (machine.device.is_cpu()) return 9 * 4;
    // On a GPU also the norms' outputs and two hidden activations. In bf16 that is 34 bytes with our kernels;
    // LibTorch's operations temporarily keep some of it in float32.
    return machine.bf16 ? 38 : 17 * 4;
}

/// Bytes per parameter.
int64_t parameter_bytes(const Machine& machine) {
    constexpr int64_t weight_gradient_moments = 16;
    if (machine.device.is_cpu()) return weight_gradient_moments;
    return weight_gradient_moments + 4 + (machine.bf16 ? 2 : 0);  // scratch of a step, bf16 copies of weights
}

double gigabytes(int64_t bytes) {
    return static_cast<double>(bytes) / 1e9;
}

}  // namespace

int64_t TrainingMemory::micro_batch_in(int64_t bytes, int64_t most) const {
    if (per_clip <= 0) return fixed <= bytes ? most : 0;
    return std::clamp<int64_t>((bytes - fixed) / per_clip, 0, most);
}

TrainingMemory training_memory(const checkpoint::ModelSizes& sizes, int64_t frames, int64_t parameters,
                               const Machine& machine) {
    const auto& v = sizes.vision;
    const int64_t tokens = (v.image / v.patch) * (v.image / v.patch) + 1;
    return {.fixed = parameters * parameter_bytes(machine),
            .per_clip = frames * v.layers * tokens * v.hidden * kept_bytes(machine)};
}

std::string short_memory_note(const TrainingMemory& memory, int64_t micro_batch, int64_t free) {
    const int64_t needed = memory.of(micro_batch);
    if (needed <= free) return {};
    const auto lacking = fmt::format("{} clips at once need about {:.1f} GB and the device has {:.1f} GB free",
                                     micro_batch, gigabytes(needed), gigabytes(free));
    const int64_t fits = memory.micro_batch_in(free, micro_batch);
    if (fits == 0)
        return lacking + fmt::format("; one needs about {:.1f} GB. Free memory or train on another device.",
                                     gigabytes(memory.of(1)));
    return lacking + fmt::format(". micro_batch = {} fits, with the same result.", fits);
}

}  // namespace rest::engine
