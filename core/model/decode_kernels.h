// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/beam_search.h"
#include "core/model/decode_operations.h"

namespace rest::model {

// The bridge to core/model/cuda/*.cu; in a build without REST_CUDA, or with REST_KERNELS=off in the environment,
// nothing is supported. All run on the current stream and can be captured into a CUDA graph.

/// Whether decode_kernels() support these: CUDA, float32 or bfloat16 throughout, heads of 64 channels, d = 768 or 1024.
bool decode_kernels_take(const StepDecoder& decoder, const CrossMemory& memory, const SearchTables& tables);
const DecodeOperations& decode_kernels();

/// Whether choose_by_kernel() supports these settings: CUDA, at most 5 beams, no repetition penalty.
bool choice_kernel_takes(const StepLogits& logits, const BeamSettings& settings, const SearchTables& tables);
/// choose() without incrementing `length`. Ties go to the lower beam and token.
void choose_by_kernel(const StepLogits& logits, int64_t running, const BeamSettings& settings, int64_t end,
                      SearchTables& tables);

}  // namespace rest::model
