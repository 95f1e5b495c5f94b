// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/figure.h"

namespace rest {

/// What an object needs to know of the figure that uses it.
struct PropScene {
    const Joints& joints;
    double phase = 0;  // of the action's cycle, [0, 1)
};

/// An object in use: the part behind the figure, then the part before it. Same coordinates as the figure.
void draw_prop_behind(Painter& painter, Prop prop, const PropScene& at);
void draw_prop_before(Painter& painter, Prop prop, const PropScene& at);

/// The object lying about unused, its middle on the ground at x.
void draw_prop_resting(Painter& painter, Prop prop, double x);

}  // namespace rest
