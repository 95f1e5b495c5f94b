// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace rest::checkpoint {

/// The files that hold a checkpoint's weights.
struct WeightFiles {
    std::filesystem::path file;                 // the file itself, or the index of several
    std::vector<std::filesystem::path> pieces;  // every file that holds tensors
    std::map<std::string, std::string> index;   // by tensor: the piece's file name; empty for one file

    bool one_file_asked_for = false;  // a file was asked for, not its folder
};

/// The usual names of weight files, in the order in which transformers and open_clip look for them.
std::span<const char* const> weight_file_names();

/// Accepts a folder in the format of transformers, open_clip, Accelerate or DeepSpeed, a weight file of any name, one
/// of several pieces, or the index of such pieces. Throws Error (not_found, damaged, unsupported) naming what is
/// missing.
WeightFiles find_weight_files(const std::filesystem::path& folder_or_file);

}  // namespace rest::checkpoint
