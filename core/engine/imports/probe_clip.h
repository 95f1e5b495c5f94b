// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/dataset/dataset.h"
#include "core/store/records.h"

namespace rest::engine {

/// The record of a listed clip; an unreadable clip gets its problem and remedy. Thread-safe.
///
/// `known` is the project's record of that name, if any: a readable clip whose path, size and time are unchanged is not
/// opened again. The id is left 0: the project assigns it. `check` is called repeatedly while a long clip is examined;
/// an exception from it aborts that.
store::VideoRecord probe_clip(const dataset::ClipEntry& clip, int label, const store::VideoRecord* known,
                              const std::function<void()>& check = {});

}  // namespace rest::engine
