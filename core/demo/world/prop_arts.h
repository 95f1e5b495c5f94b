// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/demo/world/palette.h"
#include "core/demo/world/props.h"

namespace rest::demo {

// Each object's art, in the file named after its kind.
extern const PropArt kViolinArt, kGuitarArt, kDrumsArt;                                  // instruments.cpp
extern const PropArt kBallsArt, kFootballArt, kBasketballArt, kFrisbeeArt, kBatArt;      // ball_games.cpp
extern const PropArt kHammerArt, kBroomArt, kRollerArt, kShovelArt, kLadderArt;          // tools.cpp
extern const PropArt kBarbellArt, kMatArt, kTrampolineArt, kRopeArt, kHoopArt, kBagArt;  // apparatus.cpp
extern const PropArt kBoatArt, kBicycleArt, kSkateboardArt, kDogArt, kKiteArt;           // outings.cpp

inline Point between(Point a, Point b, double part) {
    return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

/// The point `length` beyond `b` on the ray from `a`.
inline Point beyond(Point a, Point b, double length) {
    const double d = std::max(1e-6, std::hypot(b.x - a.x, b.y - a.y));
    return {b.x + (b.x - a.x) / d * length, b.y + (b.y - a.y) / d * length};
}

/// The point at distance `length` from `from`; 0 degrees is forwards, 90 up.
inline Point towards(Point from, double length, double degrees) {
    const double a = degrees * std::numbers::pi / 180;
    return {from.x + length * std::cos(a), from.y + length * std::sin(a)};
}

inline double wave(double phase) {
    return std::sin(2 * std::numbers::pi * phase);
}

}  // namespace rest::demo
