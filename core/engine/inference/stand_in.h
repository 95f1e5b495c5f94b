// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/inference/model_files.h"

namespace rest::engine {

/// A captioner with the cost per layer of the one in a file, created instantly however large the file is: only the
/// tensors' names and sizes are read from it, the weights are random, and a large model is cut to its first layers.
struct StandIn {
    Captioner captioner;           // its sizes count the layers that are kept
    checkpoint::ModelSizes sizes;  // of the whole model
    int64_t parameters = 0;        // of the whole model, adapters included
};

/// `most_parameters`: layers are cut to about this many parameters, but not below one layer. Throws as
/// `most_parameters`: the layers are cut to at most this many, but not below one layer. Throws as load_captioner().
StandIn stand_in_for(const std::filesystem::path& folder_or_file, const ClipSettings& clips, const Machine& machine,
                     int64_t most_parameters);

/// What can be learnt about a CLIP network from its tensors' names and sizes and the files beside it.
struct ClipOutline {
    int64_t parameters = 0;
    std::vector<std::string> cautions;  // as ClipNetwork's
};
/// Throws as load_clip(), except for damage within the data.
ClipOutline outline_of_clip(const std::filesystem::path& folder_or_file);

}  // namespace rest::engine
