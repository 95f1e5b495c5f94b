// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/demo/world/place_sketch.h"

namespace rest::demo {
namespace {

void tree(Painter& p, double x, double foot, double size) {
    constexpr Colour kTrunk{.45, .31, .18}, kDark{.2, .47, .2}, kLeaf{.28, .58, .26}, kBright{.4, .68, .32};
    p.rectangle(x - size * .055, foot - size * .45, size * .11, size * .45, kTrunk);
    p.disc({x - size * .19, foot - size * .48}, size * .21, kDark);
    p.disc({x + size * .19, foot - size * .48}, size * .21, kDark);
    p.disc({x, foot - size * .66}, size * .28, kLeaf);
    p.disc({x - size * .08, foot - size * .74}, size * .14, kBright);
}

void palm(Painter& p, double x, double foot, double size) {
    const Point top{x + size * .16, foot - size};
    p.curve({x, foot}, {x - size * .03, foot - size * .6}, top, size * .07, {.62, .45, .27});
    for (const double way : {-1.0, -.55, .5, 1.0}) {
        p.curve(top, {top.x + way * size * .28, top.y - size * .26}, {top.x + way * size * .5, top.y + size * .12},
                size * .07, {.2, .58, .28});
    }
}

void parasol(Painter& p, double x, double foot, double size) {
    p.line({{x, foot}, {x, foot - size * .8}}, size * .04, kWhite);
    p.chord({x, foot - size * .62}, size * .42, 180, 360, {.95, .36, .3});
    p.polygon({{x - size * .16, foot - size * .62}, {x, foot - size * 1.04}, {x + size * .16, foot - size * .62}},
              kWhite);
}

void fir(Painter& p, double x, double foot, double size) {
    p.rectangle(x - size * .04, foot - size * .12, size * .08, size * .12, {.4, .28, .2});
    for (int i = 0; i < 3; ++i) {
        const double top = foot - size * (.5 + .25 * i), base = foot - size * (.1 + .22 * i),
                     wide = size * (.3 - .07 * i);
        p.polygon({{x, top}, {x + wide, base}, {x - wide, base}}, {.17 + .03 * i, .4 + .03 * i, .35});
        p.polygon({{x, top}, {x + wide * .42, top + (base - top) * .4}, {x - wide * .4, top + (base - top) * .44}},
                  kWhite);
    }
}

void mountain(Painter& p, double x, double foot, double height, double wide, Colour rock) {
    const double top = foot - height;
    p.polygon({{x - wide, foot}, {x, top}, {x + wide, foot}}, rock);
    p.polygon({{x, top}, {x + wide, foot}, {x + wide * .15, foot}}, scaled(rock, .88));
    p.polygon({{x, top},
               {x + wide * .3, top + height * .3},
               {x + wide * .1, top + height * .24},
               {x - wide * .06, top + height * .34},
               {x - wide * .3, top + height * .3}},
              kWhite);
}

}  // namespace

void draw_park(PlaceSketch k) {
    k.backdrop({.42, .71, .96}, {.83, .94, 1}, {.5, .78, .36}, {.33, .62, .27});
    k.cloud(k.across(), k.random.uniform(.08, .2), .15);
    k.cloud(k.across(), k.random.uniform(.08, .24), .11);
    k.p.ellipse({-.5 * k.half, k.horizon + .02}, k.half * .8, .14, {.56, .78, .46});
    k.p.ellipse({.6 * k.half, k.horizon + .02}, k.half * .7, .1, {.48, .72, .4});
    k.band(k.horizon, .02, {.5, .78, .36});
    for (int i = 0; i < 3; ++i) tree(k.p, k.across(), k.horizon + .03, k.random.uniform(.3, .46));
    const double path = k.across() * .4;
    k.p.polygon({{path, k.horizon}, {path + .04, k.horizon}, {path + .6, 1.2}, {path + .1, 1.2}}, {.82, .76, .6});
    for (int i = 0; i < 9; ++i) {
        k.p.disc({k.random.uniform(-k.half, k.half), k.random.uniform(k.horizon + .05, 1)}, .009,
                 i % 2 ? kYellow : kWhite);
    }
}

void draw_beach(PlaceSketch k) {
    k.backdrop({.26, .63, .96}, {.78, .92, 1}, {.98, .9, .66}, {.9, .78, .5});
    k.p.disc({k.across() * .8, .13}, .085, {1, .94, .5});
    k.cloud(k.across(), k.random.uniform(.12, .24), .12);
    k.p.gradient(-k.half, k.horizon - .13, 2 * k.half, .15, {.07, .42, .74}, {.24, .68, .86});
    const double sail = k.across() + .01 * k.time;
    k.p.polygon({{sail, k.horizon - .27}, {sail, k.horizon - .12}, {sail + .1, k.horizon - .12}}, kWhite);
    k.p.polygon({{sail - .05, k.horizon - .11},
                 {sail + .11, k.horizon - .11},
                 {sail + .08, k.horizon - .08},
                 {sail - .02, k.horizon - .08}},
                {.7, .25, .2});
    for (int i = 0; i < 7; ++i) {
        const double x = -k.half + i * .32 + .03 * std::sin(k.time * 1.5 + i);
        k.p.curve({x, k.horizon + .005}, {x + .11, k.horizon + .04}, {x + .24, k.horizon + .005}, .018, {.95, .98, 1});
    }
    const double side = k.random.chance(.5) ? 1 : -1;
    palm(k.p, side * (k.half - .32), k.horizon + .07, .5);
    parasol(k.p, -side * (k.half - .36), k.horizon + .1, .27);
}

void draw_snow(PlaceSketch k) {
    k.backdrop({.56, .7, .88}, {.88, .93, .98}, {.97, .98, 1}, {.84, .89, .97});
    const double x = k.across() * .5;
    mountain(k.p, x - .45, k.horizon + .01, .36, .44, {.63, .7, .82});
    mountain(k.p, x + .5, k.horizon + .01, .4, .5, {.6, .67, .8});
    mountain(k.p, x, k.horizon + .01, .52, .5, {.52, .6, .75});
    k.p.ellipse({k.across(), k.horizon + .06}, .6, .07, {.97, .98, 1});
    for (int i = 0; i < 3; ++i) fir(k.p, k.across(), k.horizon + .05, k.random.uniform(.26, .38));
    for (int i = 0; i < 30; ++i) {
        const double start = k.random.uniform(), fall = std::fmod(start + k.time * .12, 1.0);
        k.p.disc({k.random.uniform(-k.half, k.half) + .02 * std::sin(k.time + i), fall}, .0085, kWhite);
    }
}

}  // namespace rest::demo
