// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/demo/world/scene.h"

namespace rest::demo {

/// The distribution of the image captioner's captions. How often they name the action depends on the place, which is
/// independent of the action: so similar videos elsewhere have the captions that a video's own captions lack, and those
/// are what retrieval is for. All values are probabilities.
struct CaptionHabits {
    // How a caption begins; the others are plain ("a man ...").
    double a_video_of = 0.30;
    double a_person_is = 0.15;
    double someone_is = 0.15;
    // Whether it names the action:
    double told = 0.85;         // in the park and in the gym
    double untold = 0.08;       // elsewhere
    double untold_verb = 0.33;  // elsewhere, if the caption's beginning requires a verb
    // If a verb is required but the action is not named:
    double wrong = 0.35;          // another action's
    double place_mistake = 0.50;  // of the wrong ones: the action typical of the place, else any
    double habitual = 0.60;       // of the general ones: the verb typical of the place, else any
    // Further details:
    double dressed = 0.60;  // "in a red shirt"
    double placed = 0.40;   // "in the park", after a named action
};

/// Whether captions of this place usually name the action.
bool tells_action(Place place);

/// A web page's caption for training the matching model (CLIP): always the action, sometimes colour and place, so that
/// similar videos share the action and captions that name it outrank scenery.
std::string clip_caption(const SceneSpec& scene, Random& random);

/// A web page's caption for training the captioner (BLIP): mostly person and place. Some begin with "a video of", "a
/// person is" or "someone is"; after the latter two comes a verb, often a general or a wrong one. Lower case ASCII, no
/// full stop.
std::string blip_caption(const SceneSpec& scene, Random& random, const CaptionHabits& habits = {});

/// Every phrase of the two grammars, for training vocabularies: no word of a caption is missing.
std::vector<std::string> caption_phrases();

/// `count` captions of random scenes from each grammar: word frequencies for training a vocabulary.
std::vector<std::string> sample_captions(uint64_t seed, int count);

}  // namespace rest::demo
