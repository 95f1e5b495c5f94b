// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/props.h"

#include <cmath>
#include <numbers>

namespace rest {
namespace {

constexpr Colour kWood{.62, .38, .15}, kDarkWood{.38, .2, .08}, kSteel{.7, .73, .78}, kBlack{.1, .1, .12}, kRed{.88, .12, .12},
    kOrange{.98, .5, .05}, kWhite{1, 1, 1}, kYellow{1, .85, .1}, kCyan{.05, .8, .85}, kPink{.98, .3, .65}, kPurple{.5, .25, .75},
    kBrown{.5, .32, .18}, kLime{.5, .9, .1};

Point between(Point a, Point b, double part) { return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part}; }
Point beyond(Point a, Point b, double length) {
    const double d = std::max(1e-6, std::hypot(b.x - a.x, b.y - a.y));
    return {b.x + (b.x - a.x) / d * length, b.y + (b.y - a.y) / d * length};
}
double swing(double phase) { return 0.5 - 0.5 * std::cos(2 * std::numbers::pi * phase); }

void stringed(Painter& p, Point body, Point neck, double size, Colour colour) {
    p.line({body, beyond(body, neck, .06)}, .035, kDarkWood);
    p.disc(body, size, colour);
    p.disc(between(body, neck, size * 3.2), size * .75, colour);
    p.disc(body, size * .35, kDarkWood);
}

void wheel(Painter& p, Point at, double r) {
    p.ring(at, r, r, .03, kBlack);
    p.disc(at, .025, kSteel);
}

void bicycle(Painter& p) {
    const Point back{-.33, .17}, front{.36, .17}, pedal{-.04, .2}, seat{-.14, .46}, bars{.24, .5};
    wheel(p, back, .17);
    wheel(p, front, .17);
    p.line({back, pedal, bars, front}, .035, kRed);
    p.line({back, seat, pedal}, .035, kRed);
    p.line({{-.2, .48}, {-.08, .48}}, .045, kBlack);
}

void boat(Painter& p) {
    p.polygon({{-.55, .26}, {.62, .26}, {.42, .02}, {-.42, .02}}, kWood);
    p.line({{-.55, .26}, {.62, .26}}, .035, kDarkWood);
    p.rectangle(-.8, -.03, 1.6, .08, {.2, .5, .85});
}

void ladder(Painter& p) {
    for (const double x : {.06, .26}) p.line({{x, 0}, {x + .06, 1.3}}, .035, kOrange);
    for (double y = .08; y < 1.25; y += .14) p.line({{.07 + y * .045, y}, {.25 + y * .045, y}}, .03, kOrange);
}

void dog(Painter& p, double phase) {
    const double step = .05 * std::sin(2 * std::numbers::pi * phase);
    p.line({{.28, .2}, {.52, .2}}, .13, kBrown);
    p.disc({.6, .3}, .08, kBrown);
    p.line({{.63, .28}, {.7, .27}}, .05, kBrown);
    p.line({{.56, .37}, {.55, .3}}, .045, kDarkWood);
    for (const double x : {.27, .34, .46, .53}) p.line({{x, .18}, {x + (x < .4 ? step : -step), .02}}, .04, kBrown);
    p.line({{.24, .24}, {.17, .34}}, .035, kBrown);
}

void drums(Painter& p) {
    p.rectangle(.1, .02, .3, .3, kRed);
    p.ellipse({.25, .32}, .15, .04, kWhite);
    p.rectangle(.4, .16, .18, .2, kRed);
    p.ellipse({.49, .36}, .09, .03, kWhite);
    p.line({{.6, 0}, {.56, .58}}, .02, kSteel);
    p.ellipse({.55, .58}, .14, .025, kYellow);
}

void football(Painter& p, Point at) {
    p.disc(at, .085, kWhite);
    p.disc(at, .035, kBlack);
    for (const double a : {0.5, 2.6, 4.7}) p.disc({at.x + .065 * std::cos(a), at.y + .065 * std::sin(a)}, .018, kBlack);
}

void basketball(Painter& p, Point at) {
    p.disc(at, .1, kOrange);
    p.line({{at.x - .09, at.y}, {at.x + .09, at.y}}, .012, kBlack);
    p.ring(at, .1, .1, .012, kBlack);
}

void hoop_stand(Painter& p) {
    p.line({{.62, 0}, {.62, 1.15}}, .03, kSteel);
    p.rectangle(.5, 1, .05, .26, kWhite);
    p.ring({.4, 1.02}, .1, .03, .025, kRed);
}

void handled(Painter& p, const Joints& j, double length, Colour colour, double width) {
    p.line({j.far_hand, beyond(j.far_hand, j.near_hand, length)}, width, colour);
}

void mat(Painter& p) {
    p.polygon({{-.62, 0}, {.52, 0}, {.6, .05}, {-.55, .05}}, kPurple);
}

void trampoline(Painter& p) {
    for (const double x : {-.36, .36}) p.line({{x, .06}, {x, -.02}}, .03, kBlack);
    p.ellipse({0, .06}, .42, .035, {.1, .35, .75});
}

}  // namespace

void draw_prop_behind(Painter& p, Prop prop, const PropScene& at) {
    const Joints& j = at.joints;
    switch (prop) {
        case Prop::ladder: ladder(p); break;
        case Prop::mat: mat(p); break;
        case Prop::trampoline: trampoline(p); break;
        case Prop::bicycle: bicycle(p); break;
        case Prop::skateboard:
            p.line({{-.28, .06}, {-.2, .04}, {.24, .04}, {.32, .07}}, .05, kLime);
            for (const double x : {-.17, .2}) p.disc({x, .0}, .035, kBlack);
            break;
        case Prop::roller:
            p.rectangle(.2, 0, .6, 1.15, {.93, .9, .82});
            p.rectangle(.24, .45, .4, .6, {.1, .55, .9});
            break;
        case Prop::rope: {
            const double y = swing(at.phase) > .5 ? 1.25 : -.28;
            p.curve(j.far_hand, {j.hip.x, y * 1.5 - .2}, j.near_hand, .028, kPink);
            break;
        }
        case Prop::hoop: p.ring({0, j.hip.y + .06}, .3, .09, .045, kPink, 0, 180); break;
        case Prop::bag:
            p.line({{.33, 1.35}, {.33, 1.05}}, .02, kSteel);
            p.line({{.33 + .04 * swing(at.phase), 1.0}, {.33 + .08 * swing(at.phase), .48}}, .2, kRed);
            break;
        case Prop::basketball: hoop_stand(p); break;
        default: break;
    }
}

void draw_prop_before(Painter& p, Prop prop, const PropScene& at) {
    const Joints& j = at.joints;
    const double s = swing(at.phase);
    switch (prop) {
        case Prop::violin: {
            const Point chin{j.shoulder.x + .08, j.shoulder.y + .05};
            stringed(p, chin, j.far_hand, .07, {.75, .3, .08});
            p.line({{j.near_hand.x, j.near_hand.y}, {j.near_hand.x + .08 - .1 * s, j.near_hand.y + .32}}, .018, kWhite);
            break;
        }
        case Prop::guitar: stringed(p, {j.hip.x + .05, j.hip.y + .1}, j.far_hand, .115, {.95, .62, .15}); break;
        case Prop::barbell: {
            const Point m = between(j.near_hand, j.far_hand, .5);
            p.line({{m.x - .42, m.y}, {m.x + .42, m.y}}, .028, kSteel);
            for (const double x : {-.42, -.34, .34, .42}) p.line({{m.x + x, m.y - .11}, {m.x + x, m.y + .11}}, .05, kBlack);
            break;
        }
        case Prop::boat:
            boat(p);
            p.line({j.near_hand, {.22 - .4 * s, .0}}, .028, kYellow);
            p.line({{.2 - .4 * s, .03}, {.26 - .42 * s, -.06}}, .07, kYellow);
            break;
        case Prop::balls: {
            const Colour colours[] = {kRed, kYellow, kCyan};
            for (int i = 0; i < 3; ++i) {
                const double a = 2 * std::numbers::pi * (at.phase + i / 3.0);
                p.disc({.16 + .19 * std::cos(a), .98 + .2 * std::sin(a)}, .062, colours[i]);
            }
            break;
        }
        case Prop::football: football(p, {.22 + .3 * s, .09 + .12 * s}); break;
        case Prop::drums:
            drums(p);
            p.line({j.near_hand, beyond(j.near_elbow, j.near_hand, .16)}, .02, kYellow);
            p.line({j.far_hand, beyond(j.far_elbow, j.far_hand, .16)}, .02, kYellow);
            break;
        case Prop::frisbee: p.ellipse({j.near_hand.x + .06 + .28 * s * s, j.near_hand.y + .05}, .12, .04, kCyan); break;
        case Prop::hammer: {
            const Point end = beyond(j.near_elbow, j.near_hand, .12);
            p.line({j.near_hand, end}, .03, kWood);
            p.line({{end.x - .05, end.y + .04}, {end.x + .06, end.y - .03}}, .075, kSteel);
            p.rectangle(.16, .3, .42, .06, kDarkWood);
            p.line({{.22, .3}, {.22, 0}}, .04, kDarkWood);
            p.line({{.52, .3}, {.52, 0}}, .04, kDarkWood);
            p.line({{.3, .36}, {.3, .44}}, .02, kSteel);
            break;
        }
        case Prop::broom: {
            const Point foot{.22 + .22 * s, .03};
            p.line({j.near_hand, foot}, .028, kWood);
            p.polygon({{foot.x - .05, foot.y + .1}, {foot.x + .06, foot.y + .1}, {foot.x + .12, -.02}, {foot.x - .1, -.02}}, kYellow);
            break;
        }
        case Prop::roller: {
            const Point end{.3, j.near_hand.y + .06};
            p.line({j.near_hand, end}, .025, kSteel);
            p.line({{end.x, end.y - .07}, {end.x, end.y + .07}}, .075, {.1, .55, .9});
            break;
        }
        case Prop::kite: {
            const Point k{.4 + .06 * s, 1.14 + .08 * s};
            p.curve(j.near_hand, {.25, .85}, k, .012, kWhite);
            p.polygon({{k.x, k.y + .17}, {k.x + .13, k.y}, {k.x, k.y - .17}, {k.x - .13, k.y}}, kPink);
            p.line({{k.x, k.y + .17}, {k.x, k.y - .17}}, .015, kYellow);
            p.curve({k.x, k.y - .17}, {k.x + .1, k.y - .28}, {k.x + .02, k.y - .36}, .025, kYellow);
            break;
        }
        case Prop::dog:
            dog(p, at.phase);
            p.line({j.near_hand, {.54, .28}}, .016, kRed);
            break;
        case Prop::basketball: {
            const Point hand = between(j.near_hand, j.far_hand, .5);
            basketball(p, {hand.x + .08 + .18 * s * s, hand.y + .1 + .05 * s});
            break;
        }
        case Prop::bat: p.line({j.near_hand, beyond(j.near_elbow, j.near_hand, .38)}, .06, {.93, .76, .45}); break;
        case Prop::hoop: p.ring({0, j.hip.y + .06}, .3, .09, .045, kPink, 180, 360); break;
        case Prop::shovel: {
            handled(p, j, .02, kWood, .03);
            const Point blade{.32, .06 + .3 * s};
            p.line({j.near_hand, blade}, .03, kWood);
            p.line({blade, {blade.x + .09, blade.y - .05}}, .12, kSteel);
            p.ellipse({.5, .0}, .26, .09, {.35, .22, .1});
            break;
        }
        case Prop::bag: p.disc(j.near_hand, .065, kYellow); p.disc(j.far_hand, .065, kYellow); break;
        default: break;
    }
}

void draw_prop_resting(Painter& p, Prop prop, double x) {
    p.save();
    p.translate(x, 0);
    p.scale(.55, .55);
    Joints j = joints_of({});
    j.near_hand = {.1, .2};
    j.far_hand = {-.15, .1};
    j.near_elbow = {0, .15};
    j.far_elbow = {-.2, .08};
    const PropScene at{j, .25};
    const bool lying = prop == Prop::violin || prop == Prop::guitar || prop == Prop::bat || prop == Prop::shovel || prop == Prop::frisbee;
    if (lying) p.translate(0, prop == Prop::frisbee ? -.2 : -.35);
    if (prop == Prop::barbell) p.translate(0, -.05);
    draw_prop_behind(p, prop, at);
    draw_prop_before(p, prop, at);
    p.restore();
}

}  // namespace rest
