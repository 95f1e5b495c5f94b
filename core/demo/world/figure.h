// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/world/joints.h"
#include "core/demo/world/scene.h"

namespace rest::demo {

/// The body in layers, so that objects can be held between them: far limbs, then legs, torso and head, then the near
/// arm (both arms where the figure faces the viewer).
void draw_far_limbs(Painter& painter, const Joints& joints, const SceneSpec& scene);
void draw_body(Painter& painter, const Joints& joints, const SceneSpec& scene);
void draw_near_arms(Painter& painter, const Joints& joints, const SceneSpec& scene);

}  // namespace rest::demo
