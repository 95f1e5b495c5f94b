// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/world/joints.h"
#include "core/demo/world/scene.h"

namespace rest::demo {

/// Head, face, hair and hat, for the joints' view and leaning with the body. Children have larger heads.
void draw_head(Painter& painter, const Joints& joints, const SceneSpec& scene);

}  // namespace rest::demo
