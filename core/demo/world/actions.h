// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

namespace rest::demo {

/// A figure's pose. Angles in degrees: limbs hang down at 0 and positive angles swing them forwards (to +x); lower
/// limbs are measured from the vertical too, not from the upper limb. Lengths in body heights; x forwards, y up from
/// the ground.
struct Pose {
    double hip_x = 0;
    double hip_y = 0;  // 0: the height at which the lower foot stands
    double lift = 0;   // of that foot above the ground
    double lean = 0;   // of the torso, forwards
    double near_arm = 0, near_forearm = 0, far_arm = 0, far_forearm = 0;
    double near_thigh = 0, near_shin = 0, far_thigh = 0, far_shin = 0;
    double progress = 0;  // of the hands' movement with an object, 0 to 1
};

/// How the figure faces the viewer. In front and back views, "near" limbs are those at the right of the picture.
enum class View { side, front, back };

enum class Prop {
    violin,
    barbell,
    boat,
    balls,
    ladder,
    football,
    mat,
    trampoline,
    drums,
    frisbee,
    bicycle,
    rope,
    hammer,
    broom,
    roller,
    guitar,
    kite,
    dog,
    basketball,
    bat,
    hoop,
    bag,
    shovel,
    skateboard
};

/// One action of the demo world: its words, and a cycle of poses.
struct Action {
    std::string class_name;  // the class folder: "rowing boat"
    std::string phrase;      // after "is": "rowing a boat"
    std::string bare;        // "rowing"
    std::string object;      // "boat"
    Prop prop;
    View view;
    std::vector<Pose> keys;  // evenly spaced over the cycle, at least 2
    bool novel = false;      // only in val
};

/// All actions, in the order of their class index.
std::span<const Action> demo_actions();

/// The pose at a phase of the cycle, phase in [0, 1).
Pose pose_at(const Action& action, double phase);

}  // namespace rest::demo
