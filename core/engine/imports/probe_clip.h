// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/dataset/dataset.h"
#include "core/engine/imports/known_videos.h"
#include "core/store/records.h"

namespace rest::engine {

/// The record of a listed clip; an unreadable clip gets its problem and remedy. Thread-safe.
///
/// `known` is its name and the project's record, if any: a readable clip whose path, size and time are as before is not
/// opened again. The id is left 0: the project assigns it. `check` is called repeatedly while a long clip is examined;
/// an exception from it aborts that.
store::VideoRecord probe_clip(const dataset::ClipEntry& clip, int label, const KnownVideo& known,
                              const std::function<void()>& check = {});

/// The same file as before, by path, size and time.
bool is_same_file(const store::VideoRecord& now, const store::VideoRecord& before);

}  // namespace rest::engine
