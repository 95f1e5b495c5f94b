// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/figure.h"

#include <array>

#include "core/demo/world/head.h"
#include "core/demo/world/palette.h"

namespace rest::demo {
namespace {

constexpr double kArm = 0.066, kLeg = 0.088, kTorso = 0.155, kRim = 0.011;

struct Cloth {
    Colour upper, lower;
};

/// A bent limb with one dark rim around all of it, so that it stands out against the body.
void draw_limb(Painter& p, Point a, Point b, Point c, double width, const Cloth& cloth) {
    p.line({a, b, c}, width + 2 * kRim, scaled(cloth.upper, .5));
    p.line({b, c}, width * .92, cloth.lower);
    p.line({a, b}, width, cloth.upper);
}

void draw_shoe(Painter& p, Point foot, double toes, double shade) {
    const Point heel{foot.x - toes * .2, foot.y - .016}, toe{foot.x + toes, foot.y - .018};
    p.line({heel, toe}, .066, scaled({.2, .12, .1}, .6 * shade));
    p.line({heel, toe}, .046, scaled({.42, .25, .18}, shade));
}

double toes_of(const Joints& j, bool near) {
    if (j.view == View::side) return .075;
    return near ? .032 : -.032;
}

void draw_leg(Painter& p, const Joints& j, bool near, Colour trousers, double shade) {
    const Point foot = near ? j.near_foot : j.far_foot;
    const Colour cloth = scaled(trousers, shade);
    draw_limb(p, near ? j.near_hip : j.far_hip, near ? j.near_knee : j.far_knee, foot, kLeg, {cloth, cloth});
    draw_shoe(p, foot, toes_of(j, near), shade);
}

void draw_arm(Painter& p, const Joints& j, bool near, const SceneSpec& s, double shade) {
    const Colour shirt = scaled(shirt_colour(s.shirt), shade * .93), skin = scaled(skin_colour(s), shade);
    const Point hand = near ? j.near_hand : j.far_hand;
    draw_limb(p, near ? j.near_shoulder : j.far_shoulder, near ? j.near_elbow : j.far_elbow, hand, kArm, {shirt, skin});
    p.disc(hand, .036, skin);
}

void draw_torso(Painter& p, const Joints& j, Colour shirt) {
    const Colour rim = scaled(shirt, .5);
    if (j.view == View::side) {
        p.line({j.hip, j.shoulder}, kTorso + 2 * kRim, rim);
        p.line({j.hip, j.shoulder}, kTorso, shirt);
        return;
    }
    for (const bool inside : {false, true}) {
        const Colour colour = inside ? shirt : rim;
        p.polygon({j.far_shoulder, j.near_shoulder, j.near_hip, j.far_hip}, colour);
        p.line({j.far_shoulder, j.near_shoulder, j.near_hip, j.far_hip, j.far_shoulder}, inside ? .08 : .08 + 2 * kRim,
               colour);
    }
}

}  // namespace

void draw_far_limbs(Painter& p, const Joints& j, const SceneSpec& s) {
    const double shade = j.view == View::side ? .76 : 1;
    draw_leg(p, j, false, trousers_colour(s), shade);
    if (j.view == View::side) draw_arm(p, j, false, s, shade);
}

void draw_body(Painter& p, const Joints& j, const SceneSpec& s) {
    const Colour trousers = trousers_colour(s), shirt = shirt_colour(s.shirt);
    draw_leg(p, j, true, trousers, 1);
    p.line({j.near_hip, j.far_hip}, .1, trousers);
    if (j.view != View::back) p.line({j.shoulder, j.head}, .06, scaled(skin_colour(s), .85));
    draw_torso(p, j, shirt);
    draw_head(p, j, s);
}

void draw_near_arms(Painter& p, const Joints& j, const SceneSpec& s) {
    if (j.view != View::side) draw_arm(p, j, false, s, 1);
    draw_arm(p, j, true, s, 1);
}

}  // namespace rest::demo
