// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/demo/world/scene.h"
#include "core/image/image.h"

namespace rest::demo {

/// The picture of a scene at a moment, at any size. A pure function; any thread.
image::Image render(const SceneSpec& scene, double time_seconds, int width, int height);

}  // namespace rest::demo
