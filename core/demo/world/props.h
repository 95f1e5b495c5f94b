// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/world/joints.h"

namespace rest::demo {

/// A moment in an action's cycle.
struct Moment {
    double phase = 0;     // [0, 1)
    double progress = 0;  // of the pose, 0 to 1
};

/// The bounds of figure and object, in body heights around the figure's origin on the ground.
struct Extent {
    double left = 0, right = 0, top = 0;
};

/// How an object is held and drawn, all in the figure's coordinates. Functions may be null.
struct PropArt {
    using Draw = void (*)(Painter&, const Joints&, const Moment&);

    Extent extent;
    void (*grip)(Joints&, const Moment&) = nullptr;  // places hands and feet on the object
    Draw behind = nullptr;                           // behind the figure
    Draw before = nullptr;                           // in front of the body, but behind the near arm
    Draw top = nullptr;                              // in front of everything
    void (*lying)(Painter&) = nullptr;               // not in use, around x = 0, on the ground at y = 0; never null
};

const PropArt& art_of(Prop prop);

}  // namespace rest::demo
