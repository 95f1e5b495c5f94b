// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/store/records.h"

namespace rest::engine {

/// What the key of a file of video features says of how clips were read and of which files they are, in this order:
/// "read frames 8 size 224 videos 1a2b". `video(i)` for i in [0, count).
std::string features_key(int64_t samples, int64_t view, int64_t count,
                         const std::function<const store::VideoRecord&(int64_t)>& video);

}  // namespace rest::engine
