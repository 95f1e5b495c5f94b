// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/places.h"

#include "core/demo/world/place_sketch.h"

namespace rest::demo {

void PlaceSketch::backdrop(Colour sky_top, Colour sky_bottom, Colour ground_top, Colour ground_bottom) {
    p.gradient(-half, -.2, 2 * half, horizon + .2, sky_top, sky_bottom);
    p.gradient(-half, horizon, 2 * half, 1.25 - horizon, ground_top, ground_bottom);
}

void PlaceSketch::cloud(double x, double y, double size) {
    p.ellipse({x, y}, size, size * .36, kWhite, .8);
    p.ellipse({x - size * .3, y - size * .25}, size * .42, size * .34, kWhite, .8);
    p.ellipse({x + size * .28, y - size * .2}, size * .36, size * .28, kWhite, .8);
}

void draw_place(Painter& p, const SceneSpec& s, double aspect, double horizon, double time) {
    Random random(s.decoration);
    const PlaceSketch sketch{p, random, aspect / 2 + .2, horizon, time};
    switch (s.place) {
        case Place::park:
            draw_park(sketch);
            break;
        case Place::beach:
            draw_beach(sketch);
            break;
        case Place::street:
            draw_street(sketch);
            break;
        case Place::gym:
            draw_gym(sketch);
            break;
        case Place::room:
            draw_living_room(sketch);
            break;
        case Place::snow:
            draw_snow(sketch);
            break;
    }
}

}  // namespace rest::demo
