// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/renderer.h"

#include <cmath>

#include "core/demo/places.h"
#include "core/demo/props.h"

namespace rest {
namespace {

/// How much of its size a figure gives up for an object that needs room above or beside it.
double room_for(Prop prop) {
    switch (prop) {
        case Prop::kite: case Prop::ladder: case Prop::basketball: case Prop::bag: return .8;
        case Prop::balls: case Prop::barbell: case Prop::roller: return .88;
        case Prop::boat: case Prop::bicycle: case Prop::drums: case Prop::mat: case Prop::dog: return 1.0;
        default: return .95;
    }
}

}  // namespace

Image render(const SceneSpec& s, double time, int width, int height) {
    const auto& action = demo_actions()[s.action];
    const double aspect = static_cast<double>(width) / height;
    Painter p(width, height);
    p.set_light(s.light);
    p.scale(height, height);
    p.translate(aspect / 2, 0);
    const double zoom = 1 + s.zoom * time;
    p.save();
    p.translate(0, .5);
    p.scale(zoom, zoom);
    p.translate(s.pan * time * aspect, -.5);
    draw_place(p, s, aspect, s.ground - .24);
    const double cycle = s.phase + s.speed * time;
    const double phase = cycle - std::floor(cycle);
    const auto joints = joints_of(pose_at(action, phase));
    p.translate((s.x - .5) * aspect, s.ground);
    if (s.distractor >= 0 && s.distractor != s.action) {
        p.save();
        p.translate((s.distractor_x - s.x) * aspect, .02);
        p.scale(s.height, -s.height);
        draw_prop_resting(p, demo_actions()[s.distractor].prop, 0);
        p.restore();
    }
    const double size = s.height * room_for(action.prop);
    p.scale(s.mirrored ? -size : size, -size);
    p.ellipse({joints.hip.x, -.01}, .3, .035, {.1, .1, .1}, .25);
    draw_prop_behind(p, action.prop, {joints, phase});
    draw_far_limbs(p, joints, s);
    draw_body(p, joints, s);
    draw_prop_before(p, action.prop, {joints, phase});
    p.restore();
    return p.image();
}

}  // namespace rest
