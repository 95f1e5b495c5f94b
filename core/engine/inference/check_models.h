// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/store/project.h"

namespace rest::engine {

/// Throws Error where the captioner or the CLIP is not there, is damaged, is another kind of model or lacks its
/// vocabulary: better told when a project is made than when hours of work are to begin. Reads the weights once.
/// Returns what should be said of them: what was assumed, since nothing beside the weights tells.
std::vector<std::string> check_models(const store::ProjectModels& models);

}  // namespace rest::engine
