// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/demo/world/prop_arts.h"

namespace rest::demo {
namespace {

void juggled(Painter& p, const Joints& j, const Moment& m) {
    constexpr std::array<Colour, 3> kColours{kRed, kYellow, kCyan};
    const double left = j.far_hand.x, right = j.near_hand.x, low = .72;
    for (size_t i = 0; i < 3; ++i) {
        const double u = std::fmod(m.phase + static_cast<double>(i) / 3, 1.0);
        // For three quarters of its cycle a ball flies over the head, then it passes from hand to hand below.
        const bool flying = u < .75;
        const double part = flying ? u / .75 : (u - .75) / .25;
        const double x = flying ? right + (left - right) * part : left + (right - left) * part;
        p.disc({x, low + (flying ? 2.1 * part * (1 - part) : 0)}, .068, kColours[i]);
    }
}

void balls_lying(Painter& p) {
    p.disc({-.11, .065}, .065, kRed);
    p.disc({.06, .065}, .065, kYellow);
    p.disc({.18, .065}, .065, kCyan);
}

void football(Painter& p, Point at, double turn) {
    p.disc(at, .1, kWhite);
    p.set_rim(0);
    p.disc(at, .036, kBlack);
    for (int i = 0; i < 5; ++i) p.disc(towards(at, .082, turn + i * 72), .02, kBlack);
}

/// It lies still until the foot hits it (a third through the cycle), flies off and rolls back.
void kicked(Painter& p, const Joints&, const Moment& m) {
    const double gone = m.phase < .28 ? 0 : (m.phase - .28) / .72;
    const double part = gone < .5 ? gone * 2 : (1 - gone) * 2;
    const double height = gone < .5 ? .9 * part * (1.25 - part) : 0;
    football(p, {.28 + .3 * part, .1 + height}, -part * 300);
}

void football_lying(Painter& p) {
    football(p, {0, .1}, 20);
}

void basketball(Painter& p, Point at) {
    p.disc(at, .1, kOrange);
    p.set_rim(0);
    p.line({{at.x - .09, at.y}, {at.x + .09, at.y}}, .013, kBlack);
    p.line({{at.x, at.y - .09}, {at.x, at.y + .09}}, .013, kBlack);
}

constexpr Point kBasket{.4, 1.02};

void basket_stand(Painter& p, const Joints&, const Moment&) {
    p.line({{.62, .01}, {.62, 1.1}}, .04, kSteel);
    p.rounded(.53, .98, .045, .28, .02, kWhite);
}

Point along_throw(const Joints& j, double phase) {
    const Point hand = between(j.near_hand, j.far_hand, .5), held{hand.x + .05, hand.y + .09};
    if (phase < .3 || phase > .92) return held;
    const double part = (phase - .3) / .62;
    const Point start{.02, 1.18};
    if (part < .6) {
        const double t = part / .6;
        return {start.x + (kBasket.x - start.x) * t, start.y + (kBasket.y + .02 - start.y) * t + .5 * t * (1 - t)};
    }
    const double t = (part - .6) / .4;
    return {kBasket.x, kBasket.y - .8 * t * t};
}

void thrown_basketball(Painter& p, const Joints& j, const Moment& m) {
    basketball(p, along_throw(j, m.phase));
    p.set_rim(.01);
    p.curve({kBasket.x - .1, kBasket.y}, {kBasket.x - .04, kBasket.y - .1}, {kBasket.x - .05, kBasket.y - .17}, .014,
            kWhite);
    p.curve({kBasket.x + .1, kBasket.y}, {kBasket.x + .04, kBasket.y - .1}, {kBasket.x + .05, kBasket.y - .17}, .014,
            kWhite);
    p.ring(kBasket, .11, .026, .03, kRed);
    p.line({{kBasket.x + .11, kBasket.y}, {.54, kBasket.y}}, .025, kRed);
}

void basketball_lying(Painter& p) {
    basketball(p, {0, .1});
}

void disc_at(Painter& p, Point at, double tilt) {
    p.save();
    p.translate(at.x, at.y);
    p.rotate(tilt);
    p.ellipse({0, 0}, .15, .05, kCyan);
    p.set_rim(0);
    p.ellipse({0, .012}, .09, .022, {.75, 1, 1});
    p.restore();
}

/// In the hand until the arm is straight, then it flies away.
void thrown_frisbee(Painter& p, const Joints& j, const Moment& m) {
    const bool flying = m.phase > .34 && m.phase < .8;
    if (!flying) return disc_at(p, beyond(j.near_elbow, j.near_hand, .08), 0);
    const double part = (m.phase - .34) / .46;
    disc_at(p, {.24 + .34 * part, .78 + .22 * part * (1.6 - part)}, 10 - 25 * part);
}

void frisbee_lying(Painter& p) {
    disc_at(p, {0, .03}, 0);
}

void bat_between(Painter& p, Point handle, Point end) {
    p.line({handle, end}, .04, kRed);
    p.line({between(handle, end, .42), end}, .078, {.96, .78, .46});
}

double bat_angle(const Moment& m) {
    return 128 - 150 * m.progress;
}
Point bat_handle(const Joints& j, const Moment& m) {
    return {j.shoulder.x + .02 + .24 * m.progress, j.shoulder.y - .02 - .16 * m.progress};
}

void hold_bat(Joints& j, const Moment& m) {
    const Point handle = bat_handle(j, m);
    reach(j, Limb::near_arm, handle);
    reach(j, Limb::far_arm, towards(handle, .07, bat_angle(m)));
}

void swung_bat(Painter& p, const Joints& j, const Moment& m) {
    const Point handle = bat_handle(j, m);
    bat_between(p, towards(handle, -.05, bat_angle(m)), towards(handle, .44, bat_angle(m)));
    const double flight = std::abs(m.phase - .36) * 1.2;
    if (flight < .4) p.disc({.52 + flight, .62 + (m.phase > .36 ? flight * .8 : 0)}, .045, kWhite);
}

void bat_lying(Painter& p) {
    bat_between(p, {-.3, .04}, {.28, .06});
}

}  // namespace

const PropArt kBallsArt{.extent = {-.32, .32, 1.32}, .top = juggled, .lying = balls_lying};
const PropArt kFootballArt{.extent = {-.58, .68, 1.0}, .before = kicked, .lying = football_lying};
const PropArt kBasketballArt{
    .extent = {-.46, .66, 1.32}, .behind = basket_stand, .top = thrown_basketball, .lying = basketball_lying};
const PropArt kFrisbeeArt{.extent = {-.56, .7, 1.0}, .before = thrown_frisbee, .lying = frisbee_lying};
const PropArt kBatArt{.extent = {-.42, .74, 1.16}, .grip = hold_bat, .before = swung_bat, .lying = bat_lying};

}  // namespace rest::demo
