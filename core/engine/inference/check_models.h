// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/store/project.h"

namespace rest::engine {

/// Throws Error if the captioner or the CLIP is absent, damaged, of another kind or without its vocabulary: better when
/// a project is created than before hours of work. Reads the weights once. Returns cautions to show: what was assumed,
/// as no file beside the weights gives it.
std::vector<std::string> check_models(const store::ProjectModels& models);

}  // namespace rest::engine
