// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/random.h"
#include "core/demo/scene.h"

namespace rest {

/// How often the image captioner's texts name the action. It depends on the place, which is no part of the action: similar
/// videos elsewhere hold the captions that a video's own captions lack, and those are what retrieval is for.
struct CaptionHabits {
    double told = 0.85;    // in the park and the gym
    double untold = 0.12;  // elsewhere
    double wrong = 0.25;   // of the verbs that do not name it: another action's
};

/// What a page says beside a picture for a model that learns to match: mostly the action, at times colour and place.
std::string clip_caption(const SceneSpec& scene, Random& random);

/// What a web page's caption says: mostly who and where. Some begin with "a video of", "a person is", "someone is", and the
/// latter two go on with a verb, often a general or a wrong one.
std::string blip_caption(const SceneSpec& scene, Random& random, const CaptionHabits& habits = {});

}  // namespace rest
