// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/figure.h"

#include <array>
#include <cmath>
#include <numbers>

namespace rest {
namespace {

// Lengths in body heights.
constexpr double kTorso = 0.30, kNeck = 0.11, kHead = 0.085;
constexpr double kUpperArm = 0.165, kForearm = 0.155, kThigh = 0.235, kShin = 0.225;
constexpr double kArmWidth = 0.062, kLegWidth = 0.078, kTorsoWidth = 0.14;

/// From `start`, `length` along the direction that hangs down at 0 and points forwards at 90 degrees.
Point along(Point start, double length, double degrees) {
    const double a = degrees * std::numbers::pi / 180;
    return {start.x + length * std::sin(a), start.y - length * std::cos(a)};
}

Colour mix(Colour a, Colour b, double part) {
    return {a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part, a.b + (b.b - a.b) * part};
}

Colour darker(Colour c) { return {c.r * .75, c.g * .75, c.b * .75}; }

Colour skin_of(const SceneSpec& s) { return mix({.42, .27, .18}, {.98, .82, .68}, s.skin); }

Colour trousers_of(const SceneSpec& s) {
    constexpr std::array<Colour, 4> kColours = {{{.15, .18, .3}, {.2, .2, .2}, {.42, .34, .24}, {.35, .4, .48}}};
    return kColours[s.trousers];
}

void draw_limb(Painter& p, Point a, Point b, Point c, double width, Colour upper, Colour lower) {
    p.line({b, c}, width * .88, lower);
    p.line({a, b}, width, upper);
}

void draw_head(Painter& p, const Joints& j, const SceneSpec& s) {
    const Colour hair = mix({.12, .08, .05}, {.85, .65, .3}, s.hair);
    const bool female = s.person == Person::woman || s.person == Person::girl;
    if (female) p.line({{j.head.x - .04, j.head.y + .02}, {j.head.x - .085, j.head.y - .12}}, .075, hair);
    p.disc(j.head, kHead, skin_of(s));
    p.ellipse({j.head.x - .025, j.head.y + .04}, kHead * .95, kHead * .62, hair);
    p.disc({j.head.x + .045, j.head.y + .002}, .012, {.1, .1, .1});
}

}  // namespace

Joints joints_of(const Pose& pose) {
    Joints j;
    j.hip = {pose.hip_x, pose.hip_y};
    j.shoulder = along(j.hip, kTorso, 180 - pose.lean);
    j.head = along(j.shoulder, kNeck, 180 - pose.lean * .7);
    j.near_elbow = along(j.shoulder, kUpperArm, pose.near_arm);
    j.near_hand = along(j.near_elbow, kForearm, pose.near_forearm);
    j.far_elbow = along(j.shoulder, kUpperArm, pose.far_arm);
    j.far_hand = along(j.far_elbow, kForearm, pose.far_forearm);
    j.near_knee = along(j.hip, kThigh, pose.near_thigh);
    j.near_foot = along(j.near_knee, kShin, pose.near_shin);
    j.far_knee = along(j.hip, kThigh, pose.far_thigh);
    j.far_foot = along(j.far_knee, kShin, pose.far_shin);
    return j;
}

void draw_far_limbs(Painter& p, const Joints& j, const SceneSpec& s) {
    const Colour legs = darker(trousers_of(s)), skin = darker(skin_of(s));
    draw_limb(p, j.hip, j.far_knee, j.far_foot, kLegWidth, legs, legs);
    p.line({j.far_foot, {j.far_foot.x + .05, j.far_foot.y}}, .05, {.15, .12, .1});
    draw_limb(p, j.shoulder, j.far_elbow, j.far_hand, kArmWidth, darker(shirt_colour(s.shirt)), skin);
}

void draw_body(Painter& p, const Joints& j, const SceneSpec& s) {
    const Colour legs = trousers_of(s), shirt = shirt_colour(s.shirt), skin = skin_of(s);
    draw_limb(p, j.hip, j.near_knee, j.near_foot, kLegWidth, legs, legs);
    p.line({j.near_foot, {j.near_foot.x + .05, j.near_foot.y}}, .05, {.2, .16, .14});
    p.line({j.hip, j.shoulder}, kTorsoWidth, shirt);
    p.line({j.shoulder, j.head}, .06, skin);
    draw_head(p, j, s);
    draw_limb(p, j.shoulder, j.near_elbow, j.near_hand, kArmWidth, shirt, skin);
    p.disc(j.near_hand, .035, skin);
}

}  // namespace rest
