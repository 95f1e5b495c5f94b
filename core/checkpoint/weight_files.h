// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/checkpoint/reading.h"
#include "core/checkpoint/weights.h"

namespace rest::checkpoint {

/// Where a checkpoint's weights lie.
struct WeightFiles {
    std::filesystem::path file;                 // the file itself, or the index of several
    std::vector<std::filesystem::path> pieces;  // every file that holds tensors
    std::map<std::string, std::string> index;   // by tensor: the piece's name; empty for one file

    bool one_file_asked_for = false;  // not the folder it lies in
};

/// A folder of transformers', open_clip's, Accelerate's or DeepSpeed's, a weight file of any name, one of several
/// pieces, or the index of such pieces. Throws Error (not_found, damaged, unsupported) naming what is missing.
WeightFiles find_weight_files(const std::filesystem::path& folder_or_file);

/// What was read of a checkpoint, under the names it was saved by.
struct RawWeights {
    Weights weights;
    std::map<std::string, std::string> opaque;  // by name: values that are no tensors we read; see StateDict
};

/// By content, whatever a file's name says. Throws Error (io, damaged, unsupported) naming file and tensor.
RawWeights read_weights(const WeightFiles& files, Reading reading = Reading::all);

}  // namespace rest::checkpoint
