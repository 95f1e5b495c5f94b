// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "core/checkpoint/files/state_dict.h"

namespace rest::checkpoint {

/// What a file written by torch.save contains and where, known before any data is read.
struct TorchLayout {
    StateDict dict;
    std::map<std::string, uint64_t> places;  // by storage: file offset of its data
};

/// Reads the zip archive of PyTorch >= 1.6 or the older plain stream; see read_torch_file(). Every storage lies within
/// the file. Throws Error (not_found, io, damaged, unsupported) naming the file.
TorchLayout read_torch_layout(const std::filesystem::path& path);

}  // namespace rest::checkpoint
