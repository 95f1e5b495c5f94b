// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "core/checkpoint/files/number_type.h"

namespace rest::checkpoint {

/// A tensor as a safetensors header describes it.
struct SafetensorsEntry {
    std::string name;
    NumberType type = NumberType::f32;
    std::vector<int64_t> shape;   // its product does not overflow, zeros left out
    uint64_t begin = 0, end = 0;  // bytes from the end of the header; end - begin is the shape's size
};

/// Reads the header of `in`, a safetensors file of `file_size` bytes, and leaves `in` at the first tensor's data.
///
/// The entries are in file order and tile the data after the header exactly. Memory is proportional to the number of
/// entries, whatever else the header contains. Throws Error (damaged, unsupported, io) naming `path` and the tensor.
std::vector<SafetensorsEntry> read_safetensors_header(std::istream& in, uint64_t file_size,
                                                      const std::filesystem::path& path);

}  // namespace rest::checkpoint
