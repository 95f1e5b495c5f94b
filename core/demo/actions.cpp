// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/actions.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace rest {
namespace {

// Field order: hip_x, hip_y, lean, near arm and forearm, far arm and forearm, near thigh and shin, far thigh and shin.
const std::vector<Action>& table() {
    static const std::vector<Action> actions = {
        {"playing violin", "playing the violin", "fiddling", "violin", Prop::violin,
         {0, .46, 0, 40, 150, 75, 110, 5, 0, -8, 0}, {0, .46, 4, 75, 115, 75, 110, 5, 0, -8, 0}},
        {"lifting barbell", "lifting a barbell", "weightlifting", "barbell", Prop::barbell,
         {0, .36, 10, 60, 150, 50, 150, 50, -25, -40, -60}, {0, .46, 0, 175, 178, 168, 176, 12, 0, -12, 0}},
        {"rowing boat", "rowing a boat", "rowing", "boat", Prop::boat,
         {-.05, .2, 35, 85, 85, 80, 85, 80, 50, 80, 50}, {-.05, .2, -25, 45, 105, 40, 105, 88, 75, 88, 75}},
        {"juggling balls", "juggling balls", "juggling", "balls", Prop::balls,
         {0, .46, 0, 20, 100, 20, 70, 6, 0, -6, 0}, {0, .46, 0, 20, 70, 20, 100, 6, 0, -6, 0}},
        {"climbing ladder", "climbing a ladder", "climbing", "ladder", Prop::ladder,
         {-.1, .62, 5, 165, 170, 80, 140, 80, -5, 10, -10}, {-.1, .68, 5, 80, 140, 165, 170, 10, -10, 80, -5}},
        {"kicking ball", "kicking a ball", "kicking", "ball", Prop::football,
         {-.1, .45, 8, -50, -20, 50, 80, -45, -100, 8, 0}, {-.1, .46, -15, 50, 70, -50, -20, 85, 75, -5, -5}},
        {"doing pushups", "doing pushups", "exercising", "mat", Prop::mat,
         {-.1, .2, 78, 10, 0, 10, 0, -72, -78, -72, -78}, {-.1, .12, 86, -60, 40, -60, 40, -84, -86, -84, -86}},
        {"jumping jacks", "doing jumping jacks", "jumping", "trampoline", Prop::trampoline,
         {0, .5, 0, 15, 12, -15, -12, 4, 2, -4, -2}, {0, .68, 0, 150, 165, -150, -165, 38, 34, -38, -34}},
        {"playing drums", "playing the drums", "drumming", "drums", Prop::drums,
         {-.2, .3, 8, 30, 120, 45, 70, 75, 5, 70, 0}, {-.2, .3, 8, 45, 70, 30, 125, 75, 5, 70, 0}},
        {"throwing frisbee", "throwing a frisbee", "throwing", "frisbee", Prop::frisbee,
         {-.15, .45, -12, -70, -100, 40, 60, 20, -5, -20, -10}, {-.15, .45, 14, 95, 92, -30, -10, 28, 0, -30, -25}},
        {"riding bicycle", "riding a bicycle", "cycling", "bicycle", Prop::bicycle,
         {-.1, .5, 40, 50, 60, 50, 60, 75, -15, 25, -35}, {-.1, .5, 40, 50, 60, 50, 60, 25, -35, 75, -15}},
        {"skipping rope", "skipping with a rope", "skipping", "rope", Prop::rope,
         {0, .46, 0, 25, 60, -25, -60, 6, -6, -6, -16}, {0, .58, 0, 30, 75, -30, -75, 25, -40, 10, -50}},
        {"hammering nail", "hammering a nail", "hammering", "hammer", Prop::hammer,
         {-.2, .46, 8, 140, 170, 50, 75, 12, 0, -12, 0}, {-.2, .45, 22, 45, 75, 50, 75, 12, 0, -12, 0}},
        {"sweeping floor", "sweeping the floor", "sweeping", "broom", Prop::broom,
         {-.1, .46, 14, 20, 60, 45, 80, 14, 0, -14, -8}, {-.1, .46, 24, 50, 75, 75, 95, 20, 0, -18, -14}},
        {"painting wall", "painting a wall", "painting", "roller", Prop::roller,
         {-.2, .46, 0, 150, 160, 0, 20, 8, 0, -8, 0}, {-.2, .46, 5, 70, 85, 0, 20, 10, 0, -8, 0}},
        {"playing guitar", "playing the guitar", "strumming", "guitar", Prop::guitar,
         {0, .46, -4, -15, 70, 55, 95, 10, 0, -10, 0}, {0, .46, -4, 0, 50, 55, 95, 10, 0, -10, 0}, true},
        {"flying kite", "flying a kite", "kiting", "kite", Prop::kite,
         {-.3, .46, -10, 110, 135, 60, 100, 8, 0, -10, -4}, {-.3, .46, -14, 125, 150, 75, 115, 14, 0, -14, -4}},
        {"walking dog", "walking a dog", "strolling", "dog", Prop::dog,
         {-.3, .46, 3, 35, 50, -20, -5, 28, 15, -25, -40}, {-.3, .46, 3, 35, 50, 20, 35, -25, -40, 28, 15}},
        {"shooting basketball", "shooting a basketball", "shooting", "basketball", Prop::basketball,
         {-.25, .42, 4, 60, 150, 60, 150, 30, -20, 20, -25}, {-.25, .56, 0, 155, 160, 150, 155, 5, -5, -5, -10}, true},
        {"swinging bat", "swinging a bat", "batting", "bat", Prop::bat,
         {0, .44, -6, -60, 10, -40, 60, 24, 5, -24, -8}, {0, .44, 6, 80, 95, 85, 95, 28, 8, -26, -14}},
        {"hula hooping", "spinning a hula hoop", "hooping", "hoop", Prop::hoop,
         {-.06, .46, 8, 130, 150, -130, -150, 10, 6, -4, -6}, {.06, .46, -8, 130, 150, -130, -150, 4, 6, -10, -6}, true},
        {"boxing bag", "boxing a punching bag", "boxing", "bag", Prop::bag,
         {-.25, .44, 10, 50, 150, 92, 92, 20, -5, -22, -25}, {-.25, .44, 14, 92, 92, 50, 150, 20, -5, -22, -25}},
        {"digging hole", "digging a hole", "digging", "shovel", Prop::shovel,
         {-.15, .42, 45, 30, 20, 55, 60, 35, -5, -10, -20}, {-.15, .45, 5, 60, 95, 80, 110, 20, 0, -16, -8}, true},
        {"skateboarding", "riding a skateboard", "skating", "skateboard", Prop::skateboard,
         {0, .47, 12, 70, 85, -65, -80, 32, -10, -28, -20}, {0, .4, 20, 85, 95, -85, -95, 58, -22, -30, -45}},
    };
    return actions;
}

double between(double a, double b, double part) { return a + (b - a) * part; }

}  // namespace

std::span<const Action> demo_actions() { return table(); }

Pose pose_at(const Action& action, double phase) {
    const double part = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * phase);
    const Pose& a = action.a;
    const Pose& b = action.b;
    const auto mix = [&](double Pose::*field) { return between(a.*field, b.*field, part); };
    return {mix(&Pose::hip_x), mix(&Pose::hip_y), mix(&Pose::lean), mix(&Pose::near_arm), mix(&Pose::near_forearm),
            mix(&Pose::far_arm), mix(&Pose::far_forearm), mix(&Pose::near_thigh), mix(&Pose::near_shin),
            mix(&Pose::far_thigh), mix(&Pose::far_shin)};
}

}  // namespace rest
