// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/demo/world/place_sketch.h"

namespace rest::demo {
namespace {

void house(PlaceSketch& k, double left, double width, double top, Colour wall) {
    k.p.rectangle(left, top, width, k.horizon - top, wall);
    k.p.rectangle(left - .01, top - .015, width + .02, .025, scaled(wall, .75));
    const int columns = 3;
    const double step = width / columns;
    for (double y = top + .05; y < k.horizon - .1; y += .1) {
        for (int c = 0; c < columns; ++c) {
            const bool lit = k.random.chance(.35);
            k.p.rectangle(left + c * step + step * .25, y, step * .5, .052,
                          lit ? Colour{1, .92, .6} : Colour{.45, .55, .68});
        }
    }
    k.p.rectangle(left + width * .42, k.horizon - .075, width * .18, .075, scaled(wall, .5));
}

void lamp(Painter& p, double x, double foot) {
    p.line({{x, foot}, {x, foot - .5}, {x + .07, foot - .53}}, .016, {.25, .28, .32});
    p.ellipse({x + .08, foot - .515}, .03, .018, {1, .95, .7});
}

void wall_bars(Painter& p, double x, double foot) {
    constexpr Colour kBars{.8, .6, .36};
    for (double y = .14; y < foot - .02; y += .055) p.rectangle(x, y, .3, .016, scaled(kBars, .9));
    for (const double side : {0.0, .29}) p.rectangle(x + side - .008, .1, .022, foot - .1, scaled(kBars, .75));
}

void sofa(Painter& p, double x, double foot, Colour cloth) {
    p.rounded(x - .3, foot - .27, .6, .2, .05, scaled(cloth, .85));
    for (const double side : {-1.0, 1.0}) {
        p.rounded(x + side * .14 - .13, foot - .15, .26, .1, .025, scaled(cloth, 1.1));
        p.rounded(x + side * .3 - .045, foot - .19, .09, .17, .035, cloth);
    }
    p.rounded(x - .3, foot - .09, .6, .075, .02, cloth);
    p.rounded(x - .2, foot - .21, .1, .1, .02, {.95, .75, .35});
}

void window(Painter& p, double x) {
    p.rectangle(x - .17, .09, .34, .3, kWhite);
    p.gradient(x - .15, .11, .3, .26, {.5, .76, .97}, {.82, .93, 1});
    p.rectangle(x - .008, .11, .016, .26, kWhite);
    p.rectangle(x - .15, .23, .3, .014, kWhite);
    for (const double side : {-1.0, 1.0}) p.rounded(x + side * .19 - .045, .07, .09, .35, .03, {.85, .5, .42});
    p.rectangle(x - .26, .06, .52, .018, {.5, .34, .24});
}

void picture(Painter& p, double x) {
    p.rectangle(x - .1, .15, .2, .15, {.5, .34, .2});
    p.rectangle(x - .085, .165, .17, .12, {.95, .93, .85});
    p.polygon({{x - .08, .28}, {x - .02, .2}, {x + .08, .28}}, {.4, .6, .5});
}

}  // namespace

void draw_street(PlaceSketch k) {
    k.backdrop({.66, .76, .88}, {.9, .91, .93}, {.66, .65, .66}, {.4, .4, .44});
    constexpr std::array<Colour, 4> kWalls{{{.74, .5, .42}, {.82, .72, .56}, {.56, .6, .66}, {.66, .56, .6}}};
    double left = -k.half - k.random.uniform(0, .2);
    for (int i = 0; left < k.half; ++i) {
        const double width = k.random.uniform(.3, .44);
        house(k, left, width, k.random.uniform(.05, .3),
              kWalls[(static_cast<size_t>(i) + k.random.below(2)) % kWalls.size()]);
        left += width + .015;
    }
    k.band(k.horizon + .09, .018, {.86, .85, .83});
    k.band(k.horizon + .108, 1.2 - k.horizon, {.36, .37, .41});
    for (double x = -k.half + .1 * k.random.uniform(); x < k.half; x += .3)
        k.p.rectangle(x, .965, .16, .016, {.95, .93, .8});
    lamp(k.p, k.across(), k.horizon + .08);
}

void draw_gym(PlaceSketch k) {
    k.backdrop({.78, .8, .86}, {.7, .72, .8}, {.9, .7, .44}, {.78, .55, .3});
    k.band(k.horizon - .2, .2, {.36, .5, .68});
    k.band(k.horizon - .215, .02, kWhite);
    for (double x = -k.half + .1; x < k.half; x += .34) k.p.rectangle(x, .03, .27, .1, {.9, .96, 1});
    wall_bars(k.p, k.across() - .15, k.horizon);
    wall_bars(k.p, k.across() - .15, k.horizon);
    k.band(k.horizon - .008, .018, {.5, .36, .24});
    for (int i = 0; i < 9; ++i) {
        const double x = (i - 4) * .2;
        k.p.line({{x, k.horizon + .01}, {x * 1.8, 1.2}}, .004, {.7, .48, .26});
    }
    k.p.line({{-k.half, k.horizon + .07}, {k.half, k.horizon + .07}}, .012, {.85, .25, .22});
}

void draw_living_room(PlaceSketch k) {
    k.backdrop({.97, .88, .74}, {.99, .93, .82}, {.66, .46, .33}, {.52, .35, .25});
    for (double x = -k.half; x < k.half; x += .16) k.p.rectangle(x, -.2, .05, k.horizon + .2, {.96, .85, .7});
    const double side = k.random.chance(.5) ? 1 : -1;
    window(k.p, side * k.random.uniform(.2, .42));
    picture(k.p, -side * k.random.uniform(.2, .45));
    k.band(k.horizon - .03, .03, {.98, .97, .93});
    constexpr std::array<Colour, 3> kCloths{{{.25, .46, .52}, {.5, .34, .5}, {.38, .45, .34}}};
    sofa(k.p, k.across() * .7, k.horizon + .05, kCloths[k.random.below(3)]);
    k.p.ellipse({0, .93}, .62, .09, {.74, .3, .28});
    k.p.ellipse({0, .93}, .53, .07, {.86, .62, .45});
    const double lamp_x = side * (k.half - .3);
    k.p.line({{lamp_x, k.horizon + .06}, {lamp_x, k.horizon - .32}}, .014, {.35, .28, .22});
    k.p.polygon({{lamp_x - .045, k.horizon - .42},
                 {lamp_x + .045, k.horizon - .42},
                 {lamp_x + .085, k.horizon - .29},
                 {lamp_x - .085, k.horizon - .29}},
                {1, .86, .5});
}

}  // namespace rest::demo
