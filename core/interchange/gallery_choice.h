// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/interchange/run_source.h"

namespace rest::interchange {

/// The videos that a page shows: those named, in that order, or a draw that is the same for the same run: `count` of
/// each kind (training videos with captions; measured videos that CLIP-TAM reads right; wrong). Throws Error
/// (not_found) for a name that the project does not have.
std::vector<const store::VideoRecord*> choose_gallery(const RunSource& source,
                                                      const std::optional<MeasuredEpoch>& epoch,
                                                      const std::vector<std::string>& names, size_t count);

}  // namespace rest::interchange
