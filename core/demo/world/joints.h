// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/world/actions.h"
#include "core/demo/world/painter.h"

namespace rest::demo {

/// The positions of the joints in a pose, in body heights, y up from the ground.
struct Joints {
    View view = View::side;
    double lean = 0;            // degrees forwards
    Point hip, shoulder, head;  // hip and shoulder: the middle between the two sides
    Point near_shoulder, near_elbow, near_hand, far_shoulder, far_elbow, far_hand;
    Point near_hip, near_knee, near_foot, far_hip, far_knee, far_foot;
};

Joints joints_of(const Pose& pose, View view);

enum class Limb { near_arm, far_arm, near_leg, far_leg };

/// Bends a limb so that its hand or foot is at `target`, or as near as its length allows.
void reach(Joints& joints, Limb limb, Point target);

}  // namespace rest::demo
