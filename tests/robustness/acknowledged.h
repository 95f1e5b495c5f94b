// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/store/project.h"

namespace rest::test {

/// A training says on its terminal what it has done: that is a promise. What of it the project lacks or holds twice, in
/// words; empty when all is there. `said` is of the process that was killed, `test_clips` how many CLIP-TAM is measured
/// on.
std::string lost_of_acknowledged(const store::Project& project, const std::string& said, size_t test_clips);

}  // namespace rest::test
