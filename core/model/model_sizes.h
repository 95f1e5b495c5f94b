// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/checkpoint.h"

namespace rest {

/// A model's sizes from its config (may be null) and its tensors (Hugging Face names).
///
/// Where both tell, the tensors count and `disagreements` gets a line, except for the number of layers: there
/// config.json counts, so that a file cut short is seen to lack some. `authors`: LayerNorm's epsilon is then the
/// authors' own unless config tells. Throws Error (damaged, unsupported) for values that no model can have.
ModelSizes model_sizes(CheckpointKind kind, const Weights& weights, const nlohmann::json& config, bool authors,
                       std::vector<std::string>& disagreements, std::vector<std::string>& warnings);

}  // namespace rest
