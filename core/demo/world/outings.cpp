// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/prop_arts.h"

namespace rest::demo {
namespace {

// The oar pivots at the oarlock; the hands move in a flat circle, with the blade low while they approach the body.
constexpr Point kOarlock{.16, .29};

Point oar_handle(const Moment& m) {
    const double a = 2 * std::numbers::pi * m.phase;
    return {.13 + .16 * std::cos(a), .47 + .06 * std::sin(a)};
}

void hold_oar(Joints& j, const Moment& m) {
    reach(j, Limb::near_arm, oar_handle(m));
    reach(j, Limb::far_arm, {oar_handle(m).x + .02, oar_handle(m).y});
}

void hull(Painter& p) {
    p.polygon({{-.6, .27}, {.66, .29}, {.46, .03}, {-.42, .03}}, kWood);
    p.line({{-.6, .27}, {.66, .29}}, .045, kDarkWood);
    p.line({{-.5, .17}, {.56, .18}}, .022, kWhite);
}

void boat(Painter& p, const Joints&, const Moment& m) {
    hull(p);
    p.set_rim(0);
    p.ellipse({.03, .0}, .76, .075, {.2, .55, .9});
    for (int i = 0; i < 3; ++i) {
        const double x = -.45 + .42 * i + .05 * wave(m.phase);
        p.curve({x, .015}, {x + .08, .05}, {x + .16, .015}, .016, {.8, .93, 1});
    }
}

void oar(Painter& p, const Joints&, const Moment& m) {
    const Point handle = oar_handle(m), blade = beyond(handle, kOarlock, .33);
    p.line({handle, blade}, .032, kYellow);
    p.line({between(kOarlock, blade, .68), blade}, .085, kYellow);
}

void boat_lying(Painter& p) {
    p.scale(.5, .5);
    hull(p);
}

constexpr Point kBack{-.36, .19}, kFront{.37, .19}, kCrank{-.03, .2}, kBars{.22, .6};
constexpr double kWheel = .185;

Point pedal(const Moment& m, double offset) {
    return towards(kCrank, .085, -360 * (m.phase + offset));
}

void ride_bicycle(Joints& j, const Moment& m) {
    reach(j, Limb::near_arm, {kBars.x + .03, kBars.y});
    reach(j, Limb::far_arm, {kBars.x + .05, kBars.y});
    const Point near = pedal(m, 0), far = pedal(m, .5);
    reach(j, Limb::near_leg, {near.x - .02, near.y + .05});
    reach(j, Limb::far_leg, {far.x - .02, far.y + .05});
}

void wheel(Painter& p, Point at, double turn) {
    p.ring(at, kWheel, kWheel, .036, kBlack);
    for (int i = 0; i < 3; ++i)
        p.line({towards(at, kWheel, turn + 60 * i), towards(at, -kWheel, turn + 60 * i)}, .009, {.55, .57, .6});
    p.disc(at, .025, kSteel);
}

void bicycle_frame(Painter& p, double turn) {
    const Point seat{-.17, .45}, head{.2, .47};
    wheel(p, kBack, turn);
    wheel(p, kFront, turn);
    p.line({kBack, seat, head, kCrank, seat}, .036, kRed);
    p.line({kBack, kCrank}, .036, kRed);
    p.line({kFront, head, kBars, {kBars.x + .06, kBars.y + .01}}, .036, kRed);
    p.line({{-.24, .47}, {-.11, .475}}, .05, kBlack);
}

void bicycle(Painter& p, const Joints&, const Moment& m) {
    bicycle_frame(p, -360 * m.phase);
}

void pedals(Painter& p, const Joints&, const Moment& m) {
    p.line({kCrank, pedal(m, 0)}, .026, kSteel);
    p.disc(kCrank, .045, kSteel);
}

void bicycle_lying(Painter& p) {
    p.scale(.6, .6);
    bicycle_frame(p, 10);
}

void board(Painter& p, double roll) {
    p.line({{-.33, .09}, {-.24, .06}, {.25, .06}, {.35, .1}}, .055, kLime);
    for (const double x : {-.2, .22}) {
        p.disc({x, .005}, .045, kBlack);
        p.disc(towards({x, .005}, .02, roll), .014, kWhite);
    }
}

void skateboard(Painter& p, const Joints&, const Moment& m) {
    board(p, -720 * m.phase);
}
void skateboard_lying(Painter& p) {
    p.translate(0, .03);
    p.scale(.8, .8);
    board(p, 0);
}

void dog_at(Painter& p, double x, double step, double wag) {
    p.line({{x - .16, .24}, {x - .26, .34 + .03 * wag}}, .042, kBrown);
    for (const double leg : {-.14, -.08, .1, .16})
        p.line({{x + leg, .2}, {x + leg + (leg < 0 ? step : -step), .03}}, .05, kBrown);
    p.line({{x - .12, .23}, {x + .13, .23}}, .16, kBrown);
    p.line({{x + .24, .335}, {x + .33, .325}}, .075, kBrown);
    p.disc({x + .21, .36}, .095, kBrown);
    p.set_rim(0);
    p.line({{x + .16, .41}, {x + .14, .31}}, .055, kDarkWood);
    p.disc({x + .365, .345}, .022, kBlack);
    p.disc({x + .245, .385}, .017, kBlack);
    p.line({{x + .12, .29}, {x + .17, .27}}, .04, kRed);
}

constexpr double kDogAt = .36;

void dog(Painter& p, const Joints&, const Moment& m) {
    dog_at(p, kDogAt, .05 * wave(m.phase), wave(2 * m.phase));
}
void leash(Painter& p, const Joints& j, const Moment&) {
    p.curve(j.near_hand, {(j.near_hand.x + kDogAt + .14) / 2, .3}, {kDogAt + .14, .29}, .02, kRed);
}
void dog_lying(Painter& p) {
    p.scale(.8, .8);
    dog_at(p, 0, 0, 0);
}

void kite_at(Painter& p, Point k, double wag) {
    p.polygon({{k.x, k.y + .19}, {k.x + .15, k.y + .03}, {k.x, k.y - .19}, {k.x - .15, k.y + .03}}, kPink);
    p.set_rim(0);
    p.line({{k.x, k.y + .17}, {k.x, k.y - .17}}, .016, kYellow);
    p.line({{k.x - .13, k.y + .03}, {k.x + .13, k.y + .03}}, .016, kYellow);
    p.curve({k.x, k.y - .19}, {k.x + .12 * wag, k.y - .3}, {k.x - .05 * wag, k.y - .4}, .03, kYellow);
}

Point kite_place(const Moment& m) {
    return {.4 + .06 * wave(m.phase), 1.1 + .05 * wave(2 * m.phase)};
}

void kite(Painter& p, const Joints& j, const Moment& m) {
    const Point k = kite_place(m);
    p.curve(j.near_hand, {k.x - .05, j.near_hand.y + .02}, k, .013, kWhite);
    p.save();
    p.translate(k.x, k.y);
    p.rotate(-12 + 14 * wave(m.phase));
    kite_at(p, {0, 0}, 1 - 2 * m.progress);
    p.restore();
}

void reel(Painter& p, const Joints& j, const Moment&) {
    p.disc(between(j.near_hand, j.far_hand, .5), .045, kYellow);
}

void kite_lying(Painter& p) {
    p.scale(.8, .55);
    kite_at(p, {0, .2}, 1);
}

}  // namespace

const PropArt kBoatArt{.extent = {-.64, .68, .88}, .grip = hold_oar, .before = boat, .top = oar, .lying = boat_lying};
const PropArt kBicycleArt{
    .extent = {-.56, .57, 1.02}, .grip = ride_bicycle, .behind = bicycle, .before = pedals, .lying = bicycle_lying};
const PropArt kSkateboardArt{.extent = {-.44, .44, 1.06}, .behind = skateboard, .lying = skateboard_lying};
const PropArt kDogArt{.extent = {-.5, .75, 1.0}, .behind = dog, .before = leash, .lying = dog_lying};
const PropArt kKiteArt{.extent = {-.5, .58, 1.3}, .before = kite, .top = reel, .lying = kite_lying};

}  // namespace rest::demo
