// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/checkpoint/reading.h"
#include "core/checkpoint/weights.h"

namespace rest::checkpoint {

/// The files that hold a checkpoint's weights.
struct WeightFiles {
    std::filesystem::path file;                 // the file itself, or the index of several
    std::vector<std::filesystem::path> pieces;  // every file that holds tensors
    std::map<std::string, std::string> index;   // by tensor: the piece's file name; empty for one file

    bool one_file_asked_for = false;  // a file was asked for, not its folder
};

/// Accepts a folder in the format of transformers, open_clip, Accelerate or DeepSpeed, a weight file of any name, one
/// of several pieces, or the index of such pieces. Throws Error (not_found, damaged, unsupported) naming what is
/// missing.
WeightFiles find_weight_files(const std::filesystem::path& folder_or_file);

/// The raw contents of a checkpoint, under the names in the file.
struct RawWeights {
    Weights weights;
    std::map<std::string, std::string> opaque;  // by name: values that are not readable tensors; see StateDict
};

/// Detects the format by content, whatever the file's name. Throws Error (io, damaged, unsupported) naming file and
/// tensor.
RawWeights read_weights(const WeightFiles& files, Reading reading = Reading::all);

}  // namespace rest::checkpoint
