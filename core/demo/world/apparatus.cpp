// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/prop_arts.h"

namespace rest::demo {
namespace {

double bar_height(const Joints& j, const Moment& m) {
    const double low = .33, high = j.shoulder.y + .31, chest = j.shoulder.y - .03;
    return m.progress < .5 ? low + (chest - low) * m.progress * 2 : chest + (high - chest) * (m.progress - .5) * 2;
}

void hold_bar(Joints& j, const Moment& m) {
    reach(j, Limb::near_arm, {.19, bar_height(j, m)});
    reach(j, Limb::far_arm, {-.19, bar_height(j, m)});
}

void barbell_at(Painter& p, double y) {
    p.line({{-.5, y}, {.5, y}}, .032, kSteel);
    for (const double side : {-1.0, 1.0}) {
        p.rounded(side * .43 - .03, y - .155, .06, .31, .025, kBlack);
        p.rounded(side * .35 - .025, y - .115, .05, .23, .022, {.3, .32, .36});
    }
}

void barbell(Painter& p, const Joints& j, const Moment& m) {
    barbell_at(p, bar_height(j, m));
}
void barbell_lying(Painter& p) {
    p.scale(.75, .75);
    barbell_at(p, .155);
}

void hold_mat(Joints& j, const Moment&) {
    reach(j, Limb::near_arm, {.14, .035});
    reach(j, Limb::far_arm, {.1, .045});
}

void mat(Painter& p, const Joints&, const Moment&) {
    p.polygon({{-.72, -.045}, {.4, -.045}, {.46, .03}, {-.64, .03}}, kPurple);
}

void mat_lying(Painter& p) {
    p.line({{-.2, .07}, {.2, .07}}, .14, kPurple);
    p.disc({.2, .07}, .045, {.75, .55, .95});
}

void trampoline_bed(Painter& p, double width) {
    for (const double x : {-.8, -.3, .3, .8}) p.line({{x * width, .06}, {x * width, -.03}}, .028, kBlack);
    p.ellipse({0, .07}, width, .045, kBlue);
    p.set_rim(0);
    p.ellipse({0, .075}, width * .82, .028, kBlack);
}

void trampoline(Painter& p, const Joints&, const Moment&) {
    trampoline_bed(p, .44);
}
void trampoline_lying(Painter& p) {
    trampoline_bed(p, .3);
}

/// The rope makes one turn per cycle: over the head while the feet are down, under them during the jump.
void rope(Painter& p, const Joints& j, const Moment& m) {
    const double round = std::cos(2 * std::numbers::pi * m.phase);
    const double middle = (j.near_hand.y + j.far_hand.y) / 2;
    const double reach_up = (1.22 - middle) / .75, reach_down = (middle + .01) / .75;
    // A cubic Bézier curve reaches three quarters of the way to its control points.
    const double y = middle + round * (round > 0 ? reach_up : reach_down);
    p.loop(j.far_hand, {j.far_hand.x - .22, y}, {j.near_hand.x + .22, y}, j.near_hand, .034, kPink);
}

bool rope_is_before(const Moment& m) {
    return m.phase < .5;
}
void rope_behind(Painter& p, const Joints& j, const Moment& m) {
    if (!rope_is_before(m)) rope(p, j, m);
}
void rope_before(Painter& p, const Joints& j, const Moment& m) {
    if (rope_is_before(m)) rope(p, j, m);
}

void rope_lying(Painter& p) {
    p.ring({0, .04}, .17, .04, .03, kPink);
    p.line({{.15, .05}, {.26, .03}}, .045, kWood);
}

Point hoop_middle(const Joints& j, const Moment& m) {
    return {.05 * wave(m.phase + .35), j.hip.y + .07};
}

void hoop_half(Painter& p, const Joints& j, const Moment& m, double from) {
    const Point at = hoop_middle(j, m);
    p.save();
    p.translate(at.x, at.y);
    p.rotate(7 * wave(m.phase));
    p.ring({0, 0}, .36, .1, .05, kPink, from, from + 180);
    p.restore();
}

void hoop_behind(Painter& p, const Joints& j, const Moment& m) {
    hoop_half(p, j, m, 0);
}
void hoop_before(Painter& p, const Joints& j, const Moment& m) {
    hoop_half(p, j, m, 180);
}
void hoop_lying(Painter& p) {
    p.ring({0, .07}, .3, .07, .045, kPink);
}

void punch(Joints& j, const Moment& m) {
    const Point guard{j.shoulder.x + .14, j.shoulder.y - .01}, hit{.23, .74};
    reach(j, Limb::near_arm, between(guard, hit, m.progress));
    reach(j, Limb::far_arm, between(hit, guard, m.progress));
}

void bag(Painter& p, const Joints&, const Moment& m) {
    const double push = .02 + .04 * std::abs(m.progress - .5);
    p.line({{.36, 1.32}, {.36, 1.14}}, .022, kSteel);
    p.line({{.38, 1.02}, {.38 + push, .46}}, .22, kRed);
    p.line({{.28 + push * .3, .86}, {.48 + push * .3, .86}}, .04, kWhite);
}

void far_glove(Painter& p, const Joints& j, const Moment&) {
    p.disc(j.far_hand, .075, kBlue);
}
void near_glove(Painter& p, const Joints& j, const Moment&) {
    p.disc(j.near_hand, .078, kBlue);
}

void bag_lying(Painter& p) {
    p.line({{-.24, .1}, {.2, .1}}, .2, kRed);
    p.line({{-.05, .03}, {-.05, .17}}, .04, kWhite);
}

}  // namespace

const PropArt kBarbellArt{.extent = {-.5, .5, 1.24}, .grip = hold_bar, .before = barbell, .lying = barbell_lying};
const PropArt kMatArt{.extent = {-.72, .46, .62}, .grip = hold_mat, .behind = mat, .lying = mat_lying};
const PropArt kTrampolineArt{.extent = {-.46, .46, 1.34}, .behind = trampoline, .lying = trampoline_lying};
const PropArt kRopeArt{.extent = {-.36, .36, 1.22}, .behind = rope_behind, .top = rope_before, .lying = rope_lying};
const PropArt kHoopArt{.extent = {-.42, .42, 1.2}, .behind = hoop_behind, .before = hoop_before, .lying = hoop_lying};
const PropArt kBagArt{.extent = {-.5, .58, 1.3},
                      .grip = punch,
                      .behind = bag,
                      .before = far_glove,
                      .top = near_glove,
                      .lying = bag_lying};

}  // namespace rest::demo
