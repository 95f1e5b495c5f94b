// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/world/scene.h"

namespace rest::demo {

/// Channels are 0..1; values above 1 are clamped when painted.
inline Colour scaled(Colour c, double factor) {
    return {c.r * factor, c.g * factor, c.b * factor};
}
inline Colour mixed(Colour a, Colour b, double part) {
    return {a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part, a.b + (b.b - a.b) * part};
}

inline constexpr Colour kWood{.72, .46, .2}, kDarkWood{.42, .24, .1}, kSteel{.74, .78, .84}, kBlack{.12, .12, .14},
    kRed{.9, .14, .14}, kOrange{.98, .52, .06}, kWhite{1, 1, 1}, kYellow{1, .85, .12}, kCyan{.08, .8, .86},
    kPink{.98, .3, .65}, kPurple{.52, .26, .78}, kBrown{.58, .37, .2}, kLime{.5, .9, .15}, kBlue{.12, .5, .92};

Colour skin_colour(const SceneSpec& scene);
Colour hair_colour(const SceneSpec& scene);
Colour trousers_colour(const SceneSpec& scene);

}  // namespace rest::demo
