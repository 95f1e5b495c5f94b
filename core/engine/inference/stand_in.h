// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/inference/model_files.h"

namespace rest::engine {

/// A captioner that costs what the one in a file costs, layer by layer, and is there in a moment however large the file
/// is: of the file only the tensors' names and sizes are read, the numbers are drawn, and of a large model it has the
/// first layers alone.
struct StandIn {
    Captioner captioner;           // its sizes count the layers that it has
    checkpoint::ModelSizes sizes;  // of the whole model
    int64_t parameters = 0;        // of the whole model, adapters included
};

/// `most_parameters`: the layers are cut down to so many, but not below one. Throws as load_captioner().
StandIn stand_in_for(const std::filesystem::path& folder_or_file, const ClipSettings& clips, const Machine& machine,
                     int64_t most_parameters);

/// What the names and sizes of a CLIP network's tensors, and the files beside it, tell.
struct ClipOutline {
    int64_t parameters = 0;
    std::vector<std::string> cautions;  // as ClipNetwork's
};
/// Throws as load_clip(), but for damage within the numbers.
ClipOutline outline_of_clip(const std::filesystem::path& folder_or_file);

}  // namespace rest::engine
