// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/demo/world/painter.h"
#include "core/demo/world/palette.h"

namespace rest::demo {

/// Context for drawing a place. Its random numbers decide where trees and windows are.
struct PlaceSketch {
    Painter& p;
    Random& random;
    double half;     // half the picture's width, plus a margin
    double horizon;  // y of the ground's far edge, y downwards
    double time;

    /// A random x across the picture.
    double across() { return random.uniform(-.8, .8) * half; }
    void backdrop(Colour sky_top, Colour sky_bottom, Colour ground_top, Colour ground_bottom);
    void cloud(double x, double y, double size);
    void band(double y, double height, Colour colour) { p.rectangle(-half, y, 2 * half, height, colour); }
};

void draw_park(PlaceSketch sketch);  // places_outside.cpp
void draw_beach(PlaceSketch sketch);
void draw_snow(PlaceSketch sketch);
void draw_street(PlaceSketch sketch);  // places_town.cpp
void draw_gym(PlaceSketch sketch);
void draw_living_room(PlaceSketch sketch);

}  // namespace rest::demo
