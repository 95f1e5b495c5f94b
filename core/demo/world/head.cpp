// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/head.h"

#include "core/demo/world/palette.h"

namespace rest::demo {
namespace {

constexpr double kRadius = 0.094;
constexpr Colour kInk{.13, .09, .09};

// All of these are drawn around the head's centre, in head radii.

void long_hair(Painter& p, View view, Colour hair) {
    if (view == View::side) {
        p.line({{-.55, .35}, {-1.0, -.5}, {-.95, -1.35}}, .75, hair);
    } else {
        for (const double side : {-1.0, 1.0}) p.line({{side * .78, .2}, {side * .88, -1.25}}, .62, hair);
    }
}

void side_face(Painter& p, Colour skin, Colour hair) {
    p.disc({.98, -.08}, .16, skin);
    p.chord({0, 0}, 1.06, 38, 238, hair);
    p.disc({-.18, -.1}, .2, scaled(skin, .88));
    p.disc({.5, .08}, .14, kInk);
    p.curve({.38, -.46}, {.62, -.6}, {.82, -.42}, .09, scaled(skin, .5));
}

void front_face(Painter& p, Colour skin, Colour hair) {
    p.chord({0, 0}, 1.06, 18, 162, hair);
    for (const double side : {-1.0, 1.0}) {
        p.disc({side * .36, .04}, .13, kInk);
        p.ellipse({side * .52, -.26}, .16, .11, {.95, .45, .4}, .35);
    }
    p.curve({-.34, -.42}, {0, -.66}, {.34, -.42}, .1, scaled(skin, .5));
}

void hat(Painter& p, const SceneSpec& s, View view) {
    const Colour colour = s.place == Place::snow ? Colour{.85, .2, .3} : Colour{.2, .3, .55};
    p.chord({0, .1}, 1.12, 12, 168, colour);
    if (s.place == Place::snow) {
        p.disc({0, 1.25}, .3, kWhite);
        p.line({{-1.0, .36}, {1.0, .36}}, .28, kWhite);
    } else if (view == View::side) {
        p.line({{.6, .38}, {1.55, .3}}, .22, scaled(colour, .75));
    } else if (view == View::front) {
        p.line({{-.8, .36}, {.8, .36}}, .24, scaled(colour, .75));
    }
}

}  // namespace

void draw_head(Painter& p, const Joints& j, const SceneSpec& s) {
    const Colour skin = skin_colour(s), hair = hair_colour(s);
    const bool female = s.person == Person::woman || s.person == Person::girl;
    const bool child = s.person == Person::boy || s.person == Person::girl;
    const double size = kRadius * (child ? 1.14 : 1);
    p.save();
    p.translate(j.head.x, j.head.y);
    p.scale(size, size);
    if (j.view == View::side) p.rotate(-j.lean * .6);
    if (female && j.view != View::back) long_hair(p, j.view, hair);
    p.disc({0, 0}, 1.13, scaled(skin, .5));
    p.disc({0, 0}, 1, skin);
    switch (j.view) {
        case View::side:
            side_face(p, skin, hair);
            break;
        case View::front:
            front_face(p, skin, hair);
            break;
        case View::back:
            p.disc({0, .04}, 1.06, hair);
            if (female) long_hair(p, j.view, hair);
            break;
    }
    if (s.hat) hat(p, s, j.view);
    p.restore();
}

}  // namespace rest::demo
