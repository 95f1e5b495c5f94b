// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dataset/dataset.h"
#include "core/store/records.h"

namespace rest {

/// The record of a listed clip; a clip that cannot be read gets its problem and remedy. Thread-safe.
///
/// `known` is the project's record of that name, if any: a readable clip whose path, size and time are as before is not
/// opened again. The id is left 0: the project gives it.
VideoRecord probe_clip(const ClipEntry& clip, int label, const VideoRecord* known);

}  // namespace rest
