// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/captions.h"

#include <array>
#include <vector>

#include "core/demo/actions.h"

namespace rest {
namespace {

std::string article(const std::string& word) {
    return (std::string("aeiou").find(word[0]) != std::string::npos ? "an " : "a ") + word;
}

std::string dressed(const SceneSpec& s) { return article(person_name(s.person)) + " in a " + shirt_name(s.shirt) + " shirt"; }

std::string general_verb(Random& random) {
    static const std::vector<std::string> verbs = {"standing", "moving", "posing for a picture", "having fun", "looking around", "outside in the sun", "spending time"};
    return random.pick(verbs);
}

std::string scenery(const SceneSpec& s, Random& random) {
    switch (s.place) {
        case Place::park: return random.chance(.5) ? "a green park with trees" : "trees and grass on a sunny day";
        case Place::beach: return random.chance(.5) ? "a sandy beach with the sea behind" : "a sunny day at the sea";
        case Place::street: return random.chance(.5) ? "a street with tall buildings" : "a city street with windows";
        case Place::gym: return random.chance(.5) ? "a gym with a wooden floor" : "the inside of a sports hall";
        case Place::room: return random.chance(.5) ? "a living room with a sofa" : "a room with a window and a couch";
        case Place::snow: return random.chance(.5) ? "a snowy day with mountains" : "a mountain covered in snow";
    }
    return "";
}

bool names_it(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    return random.chance(s.place == Place::park || s.place == Place::gym ? habits.told : habits.untold);
}

/// After "is": the action by habit, else a general verb or another action.
std::string verb_phrase(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    const auto actions = demo_actions();
    if (names_it(s, random, habits)) return actions[s.action].phrase;
    if (random.chance(habits.wrong)) return actions[random.below(static_cast<uint32_t>(actions.size()))].phrase;
    return general_verb(random);
}

std::string plain_caption(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    const std::string who = random.chance(.6) ? dressed(s) : article(person_name(s.person));
    if (names_it(s, random, habits)) return who + " " + demo_actions()[s.action].phrase + (random.chance(.4) ? " " + place_phrase(s.place) : "");
    switch (random.below(4)) {
        case 0: return scenery(s, random);
        case 1: return who + " " + general_verb(random) + " " + place_phrase(s.place);
        case 2: return who + " " + place_phrase(s.place);
        default: return who + " " + general_verb(random);
    }
}

}  // namespace

std::string clip_caption(const SceneSpec& s, Random& random) {
    const auto& action = demo_actions()[s.action];
    const std::string who = article(person_name(s.person));
    switch (random.below(10)) {
        case 0: case 1: return action.class_name;
        case 2: return "a person is " + action.phrase;
        case 3: return "someone is " + action.phrase;
        case 4: return action.phrase;
        case 5: return action.bare;
        case 6: return who + " " + action.phrase;
        case 7: return dressed(s) + " " + action.phrase;
        case 8: return who + " " + action.phrase + " " + place_phrase(s.place);
        default: return dressed(s) + " " + (random.chance(.5) ? action.phrase + " " : "") + place_phrase(s.place);
    }
}

std::string blip_caption(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    const double kind = random.uniform();
    if (kind < .15) return "a person is " + verb_phrase(s, random, habits);
    if (kind < .30) return "someone is " + verb_phrase(s, random, habits);
    const auto plain = plain_caption(s, random, habits);
    return kind < .65 ? "a video of " + plain : plain;
}

}  // namespace rest
