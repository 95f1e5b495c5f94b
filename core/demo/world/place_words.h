// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/demo/world/scene.h"

namespace rest::demo {

/// Words of captions for a place, and what captions assume of people there without looking.
struct PlaceWords {
    std::vector<std::string> scenery;
    std::string habitual_verb;   // one of general_verbs()
    std::string typical_action;  // an action's phrase: the usual mistake there
};

const PlaceWords& words_of(Place place);

/// Verb phrases that fit any action.
const std::vector<std::string>& general_verbs();

}  // namespace rest::demo
