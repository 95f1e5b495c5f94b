// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/random.h"

namespace rest::training {

/// The purpose of a random number; part of its key, so that no two uses share numbers.
enum class DrawPurpose : uint64_t { order = 1, caption = 2, augmentation = 3 };

/// Random numbers for one purpose, epoch and video: the same whatever ran before (see Random).
Random draw_for(DrawPurpose purpose, uint64_t seed, int64_t epoch, int64_t video);

/// The order in which an epoch visits `count` videos.
std::vector<int64_t> epoch_order(int64_t count, uint64_t seed, int64_t epoch);

}  // namespace rest::training
