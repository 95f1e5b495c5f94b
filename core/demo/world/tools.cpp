// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/prop_arts.h"

namespace rest::demo {
namespace {

void hammer_from(Painter& p, Point hand, Point end) {
    const Point along{(end.x - hand.x) * .32, (end.y - hand.y) * .32};
    p.line({hand, end}, .04, kWood);
    p.line({{end.x - along.y, end.y + along.x}, {end.x + along.y, end.y - along.x}}, .085, kSteel);
}

double hammer_angle(const Moment& m) {
    return 118 - 128 * m.progress;
}

void hold_hammer(Joints& j, const Moment& m) {
    const Point raised{j.shoulder.x + .06, j.shoulder.y + .24}, strike{.08, .6};
    reach(j, Limb::near_arm, between(raised, strike, m.progress));
}

void bench(Painter& p, const Joints&, const Moment&) {
    p.line({{.16, .3}, {.12, .01}}, .045, kDarkWood);
    p.line({{.5, .3}, {.54, .01}}, .045, kDarkWood);
    p.rounded(.06, .3, .54, .075, .02, kWood);
    p.line({{.31, .375}, {.31, .46}}, .024, kSteel);
    p.line({{.28, .465}, {.34, .465}}, .024, kSteel);
}

void swung_hammer(Painter& p, const Joints& j, const Moment& m) {
    hammer_from(p, j.near_hand, towards(j.near_hand, .2, hammer_angle(m)));
}

void hammer_lying(Painter& p) {
    hammer_from(p, {-.14, .04}, {.12, .06});
}

/// A stick from `top` to `foot`, held by both hands.
struct Stick {
    Point top, foot;
};

void hold_stick(Joints& j, const Stick& s, double near_at, double far_at) {
    reach(j, Limb::near_arm, between(s.top, s.foot, near_at));
    reach(j, Limb::far_arm, between(s.top, s.foot, far_at));
}

Stick broom_at(const Joints& j, const Moment& m) {
    return {{j.shoulder.x + .07, j.shoulder.y + .06}, {.12 + .34 * m.progress, .07}};
}

void hold_broom(Joints& j, const Moment& m) {
    hold_stick(j, broom_at(j, m), .42, .12);
}

void broom(Painter& p, const Stick& s) {
    p.line({s.top, s.foot}, .036, kWood);
    const Point& f = s.foot;
    p.polygon({{f.x - .07, f.y + .08}, {f.x + .07, f.y + .08}, {f.x + .14, f.y - .07}, {f.x - .14, f.y - .07}},
              kYellow);
    p.line({{f.x - .07, f.y + .075}, {f.x + .07, f.y + .075}}, .035, kRed);
}

void swept(Painter& p, const Joints& j, const Moment& m) {
    broom(p, broom_at(j, m));
    for (int i = 0; i < 3; ++i)
        p.disc({.5 + .05 * i + .05 * m.progress, .03 + .035 * (i % 2) * m.progress}, .022, {.6, .55, .48});
}

void broom_lying(Painter& p) {
    p.line({{-.3, .035}, {.18, .045}}, .034, kWood);
    p.polygon({{.16, .0}, {.16, .1}, {.32, .12}, {.32, -.01}}, kYellow);
}

Point roller_at(const Moment& m) {
    return {.3, 1.04 - .5 * m.progress};
}

void hold_roller(Joints& j, const Moment& m) {
    reach(j, Limb::near_arm, {.14, roller_at(m).y - .1});
}

void wall(Painter& p, const Joints&, const Moment& m) {
    p.rectangle(.3, .0, .34, 1.2, {.96, .93, .86});
    p.set_rim(0);
    p.rectangle(.315, .5, .31, .69, kBlue);
    p.rectangle(.315, roller_at(m).y - .1, .13, .2, kBlue);
    p.set_rim(.01);
    p.polygon({{-.02, .16}, {.16, .16}, {.14, .0}, {0, .0}}, kSteel);
    p.ellipse({.07, .16}, .09, .025, kBlue);
}

void rolled(Painter& p, const Joints& j, const Moment& m) {
    const Point r = roller_at(m);
    p.line({j.near_hand, {r.x - .06, r.y - .04}, {r.x - .02, r.y}}, .026, kBlack);
    p.line({{r.x, r.y - .08}, {r.x, r.y + .08}}, .09, kBlue);
}

void roller_lying(Painter& p) {
    p.polygon({{-.13, .2}, {.13, .2}, {.1, .0}, {-.1, .0}}, kSteel);
    p.ellipse({0, .2}, .13, .035, kBlue);
}

Stick shovel_at(const Joints& j, const Moment& m) {
    const Stick down{{j.shoulder.x + .02, j.shoulder.y - .06}, {.3, .1}};
    const Stick up{{j.shoulder.x + .1, j.shoulder.y - .22}, {.5, .52}};
    return {between(down.top, up.top, m.progress), between(down.foot, up.foot, m.progress)};
}

void hold_shovel(Joints& j, const Moment& m) {
    hold_stick(j, shovel_at(j, m), .48, .06);
}

void shovel(Painter& p, const Stick& s, bool loaded) {
    p.line({s.top, s.foot}, .036, kWood);
    const Point tip = beyond(s.top, s.foot, .12);
    if (loaded) p.ellipse({between(s.foot, tip, .6).x, tip.y + .05}, .085, .055, kBrown);
    p.line({s.foot, tip}, .125, kSteel);
}

void pit(Painter& p, const Joints&, const Moment&) {
    p.ellipse({.58, .04}, .15, .11, kBrown);
    p.ellipse({.36, .0}, .18, .05, {.25, .15, .08});
}

void dug(Painter& p, const Joints& j, const Moment& m) {
    shovel(p, shovel_at(j, m), m.progress > .5);
}

void shovel_lying(Painter& p) {
    shovel(p, {{-.32, .04}, {.1, .06}}, false);
}

void hold_ladder(Joints& j, const Moment& m) {
    const double part = m.progress;
    reach(j, Limb::near_arm, {.15, .93 + .24 * part});
    reach(j, Limb::far_arm, {-.15, 1.17 - .24 * part});
    reach(j, Limb::near_leg, {.08, .33 - .18 * part});
    reach(j, Limb::far_leg, {-.08, .15 + .18 * part});
}

void ladder_between(Painter& p, double width, double height, double step) {
    for (double y = step * .7; y < height - .04; y += step) p.line({{-width, y}, {width, y}}, .034, kOrange);
    for (const double x : {-width, width}) p.line({{x, 0}, {x * .9, height}}, .045, kOrange);
}

void ladder(Painter& p, const Joints&, const Moment&) {
    ladder_between(p, .19, 1.36, .15);
}

void ladder_lying(Painter& p) {
    p.rotate(-12);
    ladder_between(p, .14, .7, .13);
}

}  // namespace

const PropArt kHammerArt{
    .extent = {-.42, .6, 1.3}, .grip = hold_hammer, .behind = bench, .before = swung_hammer, .lying = hammer_lying};
const PropArt kBroomArt{.extent = {-.4, .6, 1.0}, .grip = hold_broom, .before = swept, .lying = broom_lying};
const PropArt kRollerArt{
    .extent = {-.36, .64, 1.22}, .grip = hold_roller, .behind = wall, .top = rolled, .lying = roller_lying};
const PropArt kShovelArt{
    .extent = {-.44, .72, 1.0}, .grip = hold_shovel, .behind = pit, .before = dug, .lying = shovel_lying};
const PropArt kLadderArt{.extent = {-.28, .28, 1.37}, .grip = hold_ladder, .behind = ladder, .lying = ladder_lying};

}  // namespace rest::demo
