// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/checkpoint/reading.h"
#include "core/checkpoint/weights.h"

namespace rest::checkpoint {

/// Reads a safetensors file (F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL), each tensor in its own dtype, on the
/// CPU, owning its memory. Refuses headers over 100 MB, offsets that overlap, leave gaps or exceed the end, and sizes
/// that overflow, with Error (damaged) naming file and tensor.
Weights read_safetensors(const std::filesystem::path& path, Reading reading = Reading::all);

/// Writes atomically, tensors in name order, contiguous, in their own dtype.
void write_safetensors(const std::filesystem::path& path, const Weights& weights,
                       const std::map<std::string, std::string>& metadata = {});

}  // namespace rest::checkpoint
