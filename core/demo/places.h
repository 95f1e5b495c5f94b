// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter.h"

namespace rest {

/// The background of a place over the whole picture: x in [-aspect / 2, aspect / 2] and y in [0, 1] downwards, the ground
/// beginning at `horizon`.
void draw_place(Painter& painter, const SceneSpec& scene, double aspect, double horizon);

}  // namespace rest
