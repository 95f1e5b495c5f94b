// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/world/painter.h"

namespace rest::demo {

/// The background of a place over the whole picture: x in [-aspect / 2, aspect / 2] and y in [0, 1] downwards, with a
/// margin for the camera; the ground begins at `horizon`. Snow falls with time.
void draw_place(Painter& painter, const SceneSpec& scene, double aspect, double horizon, double time_seconds);

}  // namespace rest::demo
