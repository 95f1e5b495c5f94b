// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/actions.h"
#include "core/demo/painter.h"
#include "core/demo/scene.h"

namespace rest {

/// Where a pose puts the joints, in body heights, y up from the ground.
struct Joints {
    Point hip, shoulder, head;
    Point near_elbow, near_hand, far_elbow, far_hand;
    Point near_knee, near_foot, far_knee, far_foot;
};

Joints joints_of(const Pose& pose);

/// The body, in two layers so that objects can be held between them: far limbs first, then torso, head and near limbs.
void draw_far_limbs(Painter& painter, const Joints& joints, const SceneSpec& scene);
void draw_body(Painter& painter, const Joints& joints, const SceneSpec& scene);

}  // namespace rest
