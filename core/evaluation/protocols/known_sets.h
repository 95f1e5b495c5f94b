// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "core/evaluation/tam/class_names.h"

namespace rest::evaluation {

/// Which known set the labels look like, if not the wanted one: "" if at least half of the labels are among `wanted` or
/// half of `wanted` is among the labels; else "3 of the clips' 51 class names are among the 101; they look like
/// HMDB51's". Labels may repeat. `shipped` is resources/lists.
std::string looks_like_another_set(std::span<const std::string> labels, const ClassNames& wanted,
                                   const std::filesystem::path& shipped);

}  // namespace rest::evaluation
