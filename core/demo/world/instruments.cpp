// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/prop_arts.h"

namespace rest::demo {
namespace {

constexpr Colour kVarnish{.72, .26, .08}, kSpruce{.97, .66, .2};

/// A body of two bouts, a neck and strings, from `body` to `head`.
void stringed(Painter& p, Point body, Point head, double size, Colour colour) {
    const Point upper = between(body, head, size * 1.25 / std::hypot(head.x - body.x, head.y - body.y));
    p.line({body, head}, .034, kDarkWood);
    p.disc(upper, size * .74, colour);
    p.disc(body, size, colour);
    p.set_rim(0);
    p.disc(between(body, upper, .55), size * .62, colour);
    p.disc(between(body, upper, .5), size * .34, kDarkWood);
    p.line({body, head}, .01, kWhite);
}

Point violin_head(const Joints& j) {
    return beyond(j.far_elbow, j.far_hand, .02);
}
Point chin(const Joints& j) {
    return {j.shoulder.x + .1, j.shoulder.y + .055};
}

void play_violin(Painter& p, const Joints& j, const Moment& m) {
    stringed(p, chin(j), violin_head(j), .062, kVarnish);
    const Point strings = between(chin(j), violin_head(j), .28);
    const Point tip = beyond(j.near_hand, strings, .26 - .1 * m.progress);
    p.line({j.near_hand, tip}, .022, kWhite);
}

void violin_lying(Painter& p) {
    stringed(p, {-.1, .07}, {.24, .1}, .07, kVarnish);
}

constexpr Point kGuitarBody{-.09, .52}, kGuitarHead{.36, .74};

void hold_guitar(Joints& j, const Moment& m) {
    reach(j, Limb::near_arm, {.25, .67});
    reach(j, Limb::far_arm, {-.07, .585 - .1 * m.progress});
}

void play_guitar(Painter& p, const Joints& j, const Moment&) {
    const double sway = j.hip.x;
    stringed(p, {kGuitarBody.x + sway, kGuitarBody.y}, {kGuitarHead.x + sway, kGuitarHead.y}, .125, kSpruce);
}

void guitar_lying(Painter& p) {
    stringed(p, {-.14, .12}, {.4, .16}, .12, kSpruce);
}

void drum(Painter& p, double x, double bottom, double width, double height) {
    p.rectangle(x - width / 2, bottom, width, height, kRed);
    p.ellipse({x, bottom}, width / 2, .028, kRed);
    p.line({{x - width / 2, bottom + height * .5}, {x + width / 2, bottom + height * .5}}, .016, kWhite);
    p.ellipse({x, bottom + height}, width / 2, .034, kWhite);
}

void drum_kit(Painter& p) {
    p.line({{.5, .02}, {.5, .72}}, .02, kSteel);
    p.ellipse({.5, .72}, .17, .026, kYellow);
    drum(p, .38, .2, .24, .22);
    drum(p, .14, .05, .3, .34);
}

void stool(Painter& p, const Joints& j, const Moment&) {
    p.line({{j.hip.x, .27}, {j.hip.x - .08, .01}}, .025, kSteel);
    p.line({{j.hip.x, .27}, {j.hip.x + .08, .01}}, .025, kSteel);
    p.line({{j.hip.x - .09, .27}, {j.hip.x + .09, .27}}, .05, kBlack);
}

void kit_before(Painter& p, const Joints& j, const Moment&) {
    drum_kit(p);
    p.line({j.far_hand, beyond(j.far_elbow, j.far_hand, .17)}, .022, kYellow);
}

void near_stick(Painter& p, const Joints& j, const Moment&) {
    p.line({j.near_hand, beyond(j.near_elbow, j.near_hand, .17)}, .022, kYellow);
}

void drum_lying(Painter& p) {
    drum(p, 0, .03, .3, .26);
}

}  // namespace

const PropArt kViolinArt{.extent = {-.22, .48, 1.04}, .before = play_violin, .lying = violin_lying};
const PropArt kGuitarArt{.extent = {-.34, .42, 1.0}, .grip = hold_guitar, .before = play_guitar, .lying = guitar_lying};
const PropArt kDrumsArt{
    .extent = {-.45, .66, .88}, .behind = stool, .before = kit_before, .top = near_stick, .lying = drum_lying};

}  // namespace rest::demo
