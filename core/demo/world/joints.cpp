// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/joints.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace rest::demo {
namespace {

// Lengths in body heights.
constexpr double kTorso = 0.29, kNeck = 0.125, kAnkle = 0.035;
constexpr double kUpperArm = 0.165, kForearm = 0.155, kThigh = 0.235, kShin = 0.215;
constexpr double kHalfShoulders = 0.085, kHalfHips = 0.048;  // in front or back view

/// From `start`, `length` in the direction that is down at 0 and forwards at 90 degrees.
Point along(Point start, double length, double degrees) {
    const double a = degrees * std::numbers::pi / 180;
    return {start.x + length * std::sin(a), start.y - length * std::cos(a)};
}

void bend_limbs(Joints& j, const Pose& pose) {
    j.near_elbow = along(j.near_shoulder, kUpperArm, pose.near_arm);
    j.near_hand = along(j.near_elbow, kForearm, pose.near_forearm);
    j.far_elbow = along(j.far_shoulder, kUpperArm, pose.far_arm);
    j.far_hand = along(j.far_elbow, kForearm, pose.far_forearm);
    j.near_knee = along(j.near_hip, kThigh, pose.near_thigh);
    j.near_foot = along(j.near_knee, kShin, pose.near_shin);
    j.far_knee = along(j.far_hip, kThigh, pose.far_thigh);
    j.far_foot = along(j.far_knee, kShin, pose.far_shin);
}

Joints from_hip(const Pose& pose, View view, double hip_y) {
    Joints j;
    j.view = view;
    j.lean = pose.lean;
    j.hip = {pose.hip_x, hip_y};
    j.shoulder = along(j.hip, kTorso, 180 - pose.lean);
    j.head = along(j.shoulder, kNeck, 180 - pose.lean * .6);
    const double shoulders = view == View::side ? .012 : kHalfShoulders;
    const double hips = view == View::side ? 0 : kHalfHips;
    j.near_shoulder = {j.shoulder.x + shoulders, j.shoulder.y};
    j.far_shoulder = {j.shoulder.x - shoulders, j.shoulder.y};
    j.near_hip = {j.hip.x + hips, j.hip.y};
    j.far_hip = {j.hip.x - hips, j.hip.y};
    bend_limbs(j, pose);
    return j;
}

/// The direction in which elbows and knees prefer to bend.
Point preferred_bend(View view, Limb limb) {
    const bool arm = limb == Limb::near_arm || limb == Limb::far_arm;
    if (view == View::side) return arm ? Point{-.4, -1} : Point{1, 0};
    const double outwards = limb == Limb::near_arm || limb == Limb::near_leg ? 1 : -1;
    return arm ? Point{outwards, -.6} : Point{outwards, .2};
}

void bend(Point root, Point& joint, Point& end, double upper, double lower, Point target, Point preferred) {
    const double far = std::hypot(target.x - root.x, target.y - root.y);
    const double d = std::clamp(far, std::abs(upper - lower) + 1e-3, upper + lower - 1e-4);
    const Point to{(target.x - root.x) / std::max(far, 1e-6), (target.y - root.y) / std::max(far, 1e-6)};
    const double forwards = (upper * upper - lower * lower + d * d) / (2 * d);
    double sideways = std::sqrt(std::max(0.0, upper * upper - forwards * forwards));
    if (preferred.x * to.y - preferred.y * to.x < 0) sideways = -sideways;
    joint = {root.x + to.x * forwards + to.y * sideways, root.y + to.y * forwards - to.x * sideways};
    end = {root.x + to.x * d, root.y + to.y * d};
}

}  // namespace

Joints joints_of(const Pose& pose, View view) {
    if (pose.hip_y > 0) return from_hip(pose, view, pose.hip_y);
    const auto hanging = from_hip(pose, view, 0);
    return from_hip(pose, view, pose.lift + kAnkle - std::min(hanging.near_foot.y, hanging.far_foot.y));
}

void reach(Joints& j, Limb limb, Point target) {
    const Point way = preferred_bend(j.view, limb);
    switch (limb) {
        case Limb::near_arm:
            bend(j.near_shoulder, j.near_elbow, j.near_hand, kUpperArm, kForearm, target, way);
            break;
        case Limb::far_arm:
            bend(j.far_shoulder, j.far_elbow, j.far_hand, kUpperArm, kForearm, target, way);
            break;
        case Limb::near_leg:
            bend(j.near_hip, j.near_knee, j.near_foot, kThigh, kShin, target, way);
            break;
        case Limb::far_leg:
            bend(j.far_hip, j.far_knee, j.far_foot, kThigh, kShin, target, way);
            break;
    }
}

}  // namespace rest::demo
