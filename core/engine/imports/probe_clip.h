// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/dataset/dataset.h"
#include "core/store/records.h"

namespace rest::engine {

/// The record of a listed clip; a clip that cannot be read gets its problem and remedy. Thread-safe.
///
/// `known` is the project's record of that name, if any: a readable clip whose path, size and time are as before is not
/// opened again. The id is left 0: the project gives it. `check` is called all the time while a long clip is looked at;
/// what it throws ends that.
store::VideoRecord probe_clip(const dataset::ClipEntry& clip, int label, const store::VideoRecord* known,
                              const std::function<void()>& check = {});

}  // namespace rest::engine
