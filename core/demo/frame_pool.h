// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <string>
#include <vector>

#include "core/base/task.h"

namespace rest::demo {

/// Single frames of the demo world, with captions as a web page might give them.
struct FramePool {
    torch::Tensor frames;                                 // (n, 3, S, S) uint8, test views
    std::vector<std::vector<std::string>> blip_captions;  // several per frame
    std::vector<std::vector<std::string>> clip_captions;
    std::vector<int> actions;  // of each frame, only for evaluation
};

/// Frame i is a random moment of scene i, determined by (seed, i).
FramePool render_frames(uint64_t seed, int64_t count, int64_t size, Task& task);

}  // namespace rest::demo
