// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/world/joints.h"

namespace rest::demo {

/// Where in its cycle an action is.
struct Moment {
    double phase = 0;     // [0, 1)
    double progress = 0;  // of the pose, 0 to 1
};

/// What figure and object take up, in body heights around the figure's origin on the ground.
struct Extent {
    double left = 0, right = 0, top = 0;
};

/// How an object is held and drawn, all in the figure's coordinates. Functions may be null.
struct PropArt {
    using Draw = void (*)(Painter&, const Joints&, const Moment&);

    Extent extent;
    void (*grip)(Joints&, const Moment&) = nullptr;  // puts hands and feet where the object wants them
    Draw behind = nullptr;                           // the figure
    Draw before = nullptr;                           // the body, but behind the near arm
    Draw top = nullptr;                              // everything
    void (*lying)(Painter&) = nullptr;               // unused, around x = 0, on the ground at y = 0; never null
};

const PropArt& art_of(Prop prop);

}  // namespace rest::demo
