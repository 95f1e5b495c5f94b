// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/demo/scene.h"
#include "core/media/image.h"

namespace rest::demo {

/// The picture of a scene at a moment, at any size. A pure function; any thread.
media::Image render(const SceneSpec& scene, double time_seconds, int width, int height);

}  // namespace rest::demo
