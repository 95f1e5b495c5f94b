// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/store/project.h"

namespace rest::test {

/// What a training prints on its terminal is a promise. Returns what of it the project lacks or has twice, in words;
/// empty if all is there. `said` is the output of the killed process, `test_clips` how many clips CLIP-TAM is measured
/// on.
std::string lost_of_acknowledged(const store::Project& project, const std::string& said, size_t test_clips);

}  // namespace rest::test
