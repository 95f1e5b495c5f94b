// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/renderer.h"

#include <algorithm>
#include <cmath>

#include "core/demo/world/figure.h"
#include "core/demo/world/places.h"
#include "core/demo/world/props.h"

namespace rest::demo {
namespace {

constexpr double kRim = 0.014;           // around objects, in body heights
constexpr double kDistractorSize = 0.5;  // of the figure's scale

/// Picture heights per body height: the scene's value, reduced so that action and object stay inside the centre square,
/// which is all that the models see.
double figure_scale(const SceneSpec& s, const Extent& extent) {
    const double above = s.ground - 0.03;
    return std::min({s.height, above / extent.top, 0.97 / (extent.right - extent.left)});
}

void camera(Painter& p, const SceneSpec& s, double aspect, double time) {
    const double zoom = 1 + s.zoom * time;
    p.translate(0, .5);
    p.scale(zoom, zoom);
    p.translate(s.pan * time * aspect, -.5);
}

void draw_shadow(Painter& p, const Joints& j) {
    const double lowest = std::min(j.near_foot.y, j.far_foot.y);
    const double middle = (j.hip.x + (j.near_foot.x + j.far_foot.x) / 2) / 2;
    p.ellipse({middle, -.005}, .27, .034, {.05, .05, .1}, .28 / (1 + 4 * std::max(0.0, lowest - .04)));
}

void draw_distractor(Painter& p, const SceneSpec& s, double aspect) {
    p.save();
    p.translate((s.distractor_x - .5) * aspect, s.ground - .045);
    p.scale(s.height * kDistractorSize, -s.height * kDistractorSize);
    p.ellipse({0, 0}, .28, .035, {.05, .05, .1}, .22);
    p.set_rim(kRim);
    art_of(demo_actions()[s.distractor].prop).lying(p);
    p.set_rim(0);
    p.restore();
}

void draw_layer(Painter& p, PropArt::Draw draw, const Joints& joints, const Moment& moment) {
    if (!draw) return;
    p.set_rim(kRim);
    draw(p, joints, moment);
    p.set_rim(0);
}

void draw_action(Painter& p, const SceneSpec& s, double aspect, double time) {
    const auto& action = demo_actions()[s.action];
    const auto& art = art_of(action.prop);
    const double cycle = s.phase + s.speed * time, phase = cycle - std::floor(cycle);
    const auto pose = pose_at(action, phase);
    const Moment moment{phase, pose.progress};
    auto joints = joints_of(pose, action.view);
    if (art.grip) art.grip(joints, moment);
    const double size = figure_scale(s, art.extent), middle = (art.extent.left + art.extent.right) / 2;
    p.translate((s.x - .5) * aspect, s.ground);
    p.scale(s.mirrored ? -size : size, -size);
    p.translate(-middle, 0);
    draw_shadow(p, joints);
    draw_layer(p, art.behind, joints, moment);
    draw_far_limbs(p, joints, s);
    draw_body(p, joints, s);
    draw_layer(p, art.before, joints, moment);
    draw_near_arms(p, joints, s);
    draw_layer(p, art.top, joints, moment);
}

}  // namespace

image::Image render(const SceneSpec& s, double time, int width, int height) {
    const double aspect = static_cast<double>(width) / height;
    Painter p(width, height);
    p.set_light(s.light);
    p.scale(height, height);
    p.translate(aspect / 2, 0);
    camera(p, s, aspect, time);
    draw_place(p, s, aspect, s.ground - .25, time);
    if (s.distractor >= 0 && s.distractor != s.action) draw_distractor(p, s, aspect);
    draw_action(p, s, aspect, time);
    return p.image();
}

}  // namespace rest::demo
