// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/demo/world/scene.h"

namespace rest::demo {

/// How the image captioner's captions are spread. How often they name the action depends on the place, which is no part
/// of the action: similar videos elsewhere hold the captions that a video's own captions lack, and those are what
/// retrieval is for. All are probabilities.
struct CaptionHabits {
    // How a caption begins; the rest are plain ("a man ...").
    double a_video_of = 0.30;
    double a_person_is = 0.15;
    double someone_is = 0.15;
    // Whether it names the action.
    double told = 0.85;         // in the park and in the gym
    double untold = 0.08;       // elsewhere
    double untold_verb = 0.33;  // elsewhere, where the caption's beginning asks for a verb
    // Where a verb is wanted and the action is not named:
    double wrong = 0.35;          // another action's
    double place_mistake = 0.50;  // of the wrong ones: the action that goes with the place, else any
    double habitual = 0.60;       // of the general ones: the verb that goes with the place, else any
    // What else is told.
    double dressed = 0.60;  // "in a red shirt"
    double placed = 0.40;   // "in the park", after a named action
};

/// Whether captions of this place name the action by habit.
bool tells_action(Place place);

/// What a page says beside a picture for a model that learns to match: always the action, at times colour and place, so
/// that similar videos share the action and captions that name it outrank scenery.
std::string clip_caption(const SceneSpec& scene, Random& random);

/// What a web page's caption says: mostly who and where. Some begin with "a video of", "a person is" or "someone is";
/// the latter two go on with a verb, often a general or a wrong one. Lower case ASCII, no full stop.
std::string blip_caption(const SceneSpec& scene, Random& random, const CaptionHabits& habits = {});

/// Every phrase that the two grammars are made of, to train vocabularies on: no word of a caption is missing.
std::vector<std::string> caption_phrases();

/// `count` captions of each grammar of random scenes: the frequencies that a vocabulary wants.
std::vector<std::string> sample_captions(uint64_t seed, int count);

}  // namespace rest::demo
