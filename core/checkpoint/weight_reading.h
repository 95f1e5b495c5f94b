// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "core/checkpoint/files/weight_files.h"
#include "core/checkpoint/reading.h"
#include "core/checkpoint/weights.h"

namespace rest::checkpoint {

/// The raw contents of a checkpoint, under the names in the file.
struct RawWeights {
    Weights weights;
    std::map<std::string, std::string> opaque;  // by name: values that are not readable tensors; see StateDict
};

/// Detects the format by content, whatever the file's name. Throws Error (io, damaged, unsupported) naming file and
/// tensor.
RawWeights read_weights(const WeightFiles& files, Reading reading = Reading::all);

}  // namespace rest::checkpoint
