// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/actions.h"

#include <cmath>
#include <numbers>

namespace rest::demo {
namespace {

using enum View;

// Field order of a pose: hip_x, hip_y, lift, lean, near arm and forearm, far arm and forearm, near thigh and shin, far
// thigh and shin, progress. Where an object places the hands or feet (PropArt::grip), their angles here do not matter.
// clang-format off
const std::vector<Action>& table() {
    static const std::vector<Action> actions = {
        {"playing violin", "playing the violin", "fiddling", "violin", Prop::violin, side,
         {{0, 0, 0, 0, 35, 140, 78, 108, 6, 0, -10, -4, 0}, {0, 0, 0, 5, 62, 108, 80, 110, 8, 0, -10, -4, 1}}},
        {"lifting barbell", "lifting a barbell", "weightlifting", "barbell", Prop::barbell, front,
         {{0, 0, 0, 0, 0, 0, 0, 0, 58, -12, -58, 12, 0}, {0, 0, 0, 0, 0, 0, 0, 0, 12, 2, -12, -2, .5},
          {0, 0, 0, 0, 0, 0, 0, 0, 14, 4, -14, -4, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 12, 2, -12, -2, .5}}},
        {"rowing boat", "rowing a boat", "rowing", "boat", Prop::boat, side,
         {{-.08, .24, 0, 32, 0, 0, 0, 0, 100, 40, 100, 40, 0}, {-.12, .24, 0, -24, 0, 0, 0, 0, 88, 75, 88, 75, 1}}},
        {"juggling balls", "juggling balls", "juggling", "balls", Prop::balls, front,
         {{0, 0, 0, 0, 18, 115, -18, -85, 8, 2, -8, -2, 0}, {0, 0, 0, 0, 18, 85, -18, -115, 8, 2, -8, -2, 1}}},
        {"climbing ladder", "climbing a ladder", "climbing", "ladder", Prop::ladder, back,
         {{.02, .55, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {-.02, .59, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}},
        {"kicking ball", "kicking a ball", "kicking", "ball", Prop::football, side,
         {{-.2, 0, 0, 14, -45, -20, 55, 80, -45, -105, 10, 0, 0},
          {-.14, 0, 0, -16, 50, 75, -55, -25, 82, 74, -8, -6, .4},
          {-.17, 0, 0, -4, 20, 40, -15, 5, 30, 0, -6, -8, 1}}},
        {"doing pushups", "doing pushups", "pushups", "mat", Prop::mat, side,
         {{-.177, .214, 0, 70, 0, 0, 0, 0, -70, -70, -68, -70, 0},
          {-.153, .114, 0, 83, 0, 0, 0, 0, -83, -83, -82, -84, 1}}},
        {"jumping jacks", "doing jumping jacks", "jumping", "trampoline", Prop::trampoline, front,
         {{0, 0, .08, 0, 14, 10, -14, -10, 4, 2, -4, -2, 0},
          {0, 0, .24, 0, 142, 160, -142, -160, 36, 30, -36, -30, 1}}},
        {"playing drums", "playing the drums", "drumming", "drums", Prop::drums, side,
         {{-.3, .33, 0, 6, 35, 125, 55, 75, 78, 4, 70, 0, 0}, {-.3, .33, 0, 10, 55, 75, 35, 130, 78, 4, 70, 0, 1}}},
        {"throwing frisbee", "throwing a frisbee", "throwing", "frisbee", Prop::frisbee, side,
         {{-.18, 0, 0, -14, -65, -95, 45, 65, 20, -5, -20, -12, 0},
          {-.14, 0, 0, 16, 92, 92, -40, -20, 32, 2, -30, -32, .4},
          {-.16, 0, 0, 4, 40, 70, 5, 20, 24, 0, -24, -20, 1}}},
        {"riding bicycle", "riding a bicycle", "cycling", "bicycle", Prop::bicycle, side,
         {{-.14, .52, 0, 36, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {-.14, .525, 0, 39, 0, 0, 0, 0, 0, 0, 0, 0, 1}}},
        {"skipping rope", "skipping with a rope", "skipping", "rope", Prop::rope, front,
         {{0, 0, 0, 0, 22, 78, -22, -78, 12, -8, -12, 8, 0}, {0, 0, .13, 0, 30, 88, -30, -88, 5, 2, -5, -2, 1}}},
        {"hammering nail", "hammering a nail", "hammering", "hammer", Prop::hammer, side,
         {{-.22, 0, 0, 2, 135, 172, 42, 72, 14, 0, -14, -6, 0}, {-.22, 0, 0, 20, 48, 76, 42, 72, 16, 0, -14, -8, 1},
          {-.22, 0, 0, 12, 80, 112, 42, 72, 15, 0, -14, -7, .5}}},
        {"sweeping floor", "sweeping the floor", "sweeping", "broom", Prop::broom, side,
         {{-.2, 0, 0, 12, 0, 0, 0, 0, 16, 0, -16, -10, 0}, {-.14, 0, 0, 26, 0, 0, 0, 0, 24, 2, -22, -20, 1}}},
        {"painting wall", "painting a wall", "painting", "roller", Prop::roller, side,
         {{-.2, 0, 0, 2, 0, 0, -12, 12, 10, 0, -12, -4, 0}, {-.2, 0, 0, 8, 0, 0, -6, 18, 12, 0, -12, -4, 1}}},
        {"playing guitar", "playing the guitar", "strumming", "guitar", Prop::guitar, front,
         {{0, 0, 0, 0, 0, 0, 0, 0, 10, 2, -10, -2, 0}, {.015, 0, 0, 0, 0, 0, 0, 0, 8, 0, -12, -4, 1}}, true},
        {"flying kite", "flying a kite", "kiting", "kite", Prop::kite, side,
         {{-.26, 0, 0, -8, 95, 130, 70, 110, 14, 2, -12, -6, 0},
          {-.28, 0, 0, -15, 118, 148, 88, 125, 18, 4, -12, -6, 1}}},
        {"walking dog", "walking a dog", "strolling", "dog", Prop::dog, side,
         {{-.3, 0, 0, 4, 40, 55, 28, 42, 30, 16, -24, -44, 0}, {-.3, 0, 0, 4, 42, 58, 0, 10, 4, -26, 4, 0, .5},
          {-.3, 0, 0, 4, 40, 55, -24, -8, -24, -44, 30, 16, 1}, {-.3, 0, 0, 4, 42, 58, 0, 10, 4, 0, 4, -26, .5}}},
        {"shooting basketball", "shooting a basketball", "shooting", "basketball", Prop::basketball, side,
         {{-.28, 0, 0, 10, 45, 135, 50, 130, 42, -25, 30, -32, 0},
          {-.26, 0, .12, 0, 145, 152, 138, 150, 6, -8, -6, -16, .35},
          {-.26, 0, 0, 2, 120, 140, 100, 130, 14, -6, 0, -12, 1}}, true},
        {"swinging bat", "swinging a bat", "batting", "bat", Prop::bat, side,
         {{-.12, 0, 0, -8, 0, 0, 0, 0, 22, 2, -26, -12, 0}, {-.08, 0, 0, 10, 0, 0, 0, 0, 32, 6, -30, -26, 1},
          {-.1, 0, 0, 2, 0, 0, 0, 0, 26, 4, -28, -18, .6}}},
        {"hula hooping", "spinning a hula hoop", "hooping", "hoop", Prop::hoop, front,
         {{-.05, 0, 0, 6, 118, 150, -118, -150, 14, 8, -4, -2, 0},
          {.05, 0, 0, -6, 118, 150, -118, -150, 4, 2, -14, -8, 1}}, true},
        {"boxing bag", "boxing a punching bag", "boxing", "bag", Prop::bag, side,
         {{-.28, 0, 0, 10, 0, 0, 0, 0, 26, -6, -24, -30, 0}, {-.25, 0, 0, 16, 0, 0, 0, 0, 30, -4, -26, -34, 1}}},
        {"digging hole", "digging a hole", "digging", "shovel", Prop::shovel, side,
         {{-.22, 0, 0, 40, 0, 0, 0, 0, 34, -8, -12, -26, 0}, {-.2, 0, 0, 10, 0, 0, 0, 0, 22, 0, -16, -12, 1}}, true},
        {"skateboarding", "riding a skateboard", "skating", "skateboard", Prop::skateboard, side,
         {{0, 0, .075, 14, 72, 88, -68, -84, 34, -8, -30, -22, 0},
          {-.02, 0, .075, 24, 88, 100, -88, -100, 62, -18, -36, -46, 1}}},
    };
    return actions;
}
// clang-format on

}  // namespace

std::span<const Action> demo_actions() {
    return table();
}

Pose pose_at(const Action& action, double phase) {
    const double place = phase * static_cast<double>(action.keys.size());
    const auto key = static_cast<size_t>(place) % action.keys.size();
    const Pose& a = action.keys[key];
    const Pose& b = action.keys[(key + 1) % action.keys.size()];
    const double part = 0.5 - 0.5 * std::cos(std::numbers::pi * (place - std::floor(place)));
    const auto mix = [&](double Pose::*field) { return a.*field + (b.*field - a.*field) * part; };
    return {.hip_x = mix(&Pose::hip_x),
            .hip_y = mix(&Pose::hip_y),
            .lift = mix(&Pose::lift),
            .lean = mix(&Pose::lean),
            .near_arm = mix(&Pose::near_arm),
            .near_forearm = mix(&Pose::near_forearm),
            .far_arm = mix(&Pose::far_arm),
            .far_forearm = mix(&Pose::far_forearm),
            .near_thigh = mix(&Pose::near_thigh),
            .near_shin = mix(&Pose::near_shin),
            .far_thigh = mix(&Pose::far_thigh),
            .far_shin = mix(&Pose::far_shin),
            .progress = mix(&Pose::progress)};
}

}  // namespace rest::demo
