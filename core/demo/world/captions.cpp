// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/captions.h"

#include <fmt/format.h>

#include "core/demo/world/actions.h"
#include "core/demo/world/place_words.h"

namespace rest::demo {
namespace {

const Action& action_of(const SceneSpec& s) {
    return demo_actions()[s.action];
}

std::string person(const SceneSpec& s) {
    return "a " + person_name(s.person);
}
std::string dressed(const SceneSpec& s) {
    return fmt::format("a {} in a {} shirt", person_name(s.person), shirt_name(s.shirt));
}

bool names_it(const SceneSpec& s, Random& random, const CaptionHabits& habits, double elsewhere) {
    return random.chance(tells_action(s.place) ? habits.told : elsewhere);
}

std::string general_verb(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    return random.chance(habits.habitual) ? words_of(s.place).habitual_verb : random.pick(general_verbs());
}

/// An action other than the one shown: the one typical of the place, or any.
std::string wrong_verb(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    const auto& typical = words_of(s.place).typical_action;
    if (typical != action_of(s).phrase && random.chance(habits.place_mistake)) return typical;
    const auto others = static_cast<uint32_t>(demo_actions().size() - 1);
    const auto other = static_cast<int>(random.below(others));
    return demo_actions()[other < s.action ? other : other + 1].phrase;
}

std::string unnamed_verb(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    return random.chance(habits.wrong) ? wrong_verb(s, random, habits) : general_verb(s, random, habits);
}

std::string verb_phrase(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    return names_it(s, random, habits, habits.untold_verb) ? action_of(s).phrase : unnamed_verb(s, random, habits);
}

std::string plain_caption(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    const std::string who = random.chance(habits.dressed) ? dressed(s) : person(s);
    if (names_it(s, random, habits, habits.untold)) {
        const std::string told = who + " " + action_of(s).phrase;
        return random.chance(habits.placed) ? told + " " + place_phrase(s.place) : told;
    }
    switch (random.below(4)) {
        case 0:
            return random.pick(words_of(s.place).scenery);
        case 1:
            return fmt::format("{} {} {}", who, general_verb(s, random, habits), place_phrase(s.place));
        case 2:
            return who + " " + place_phrase(s.place);
        default:
            return who + " " + unnamed_verb(s, random, habits);
    }
}

}  // namespace

bool tells_action(Place place) {
    return place == Place::park || place == Place::gym;
}

std::string clip_caption(const SceneSpec& s, Random& random) {
    const auto& action = action_of(s);
    switch (random.below(12)) {
        case 0:
        case 1:
        case 2:
            return action.class_name;
        case 3:
        case 4:
            return "a person is " + action.phrase;
        case 5:
            return "someone is " + action.phrase;
        case 6:
            return action.phrase;
        case 7:
            return action.bare;
        case 8:
        case 9:
            return fmt::format("{} {}", person(s), action.phrase);
        case 10:
            return fmt::format("{} {}", dressed(s), action.phrase);
        default:
            return fmt::format("{} {} {}", random.chance(.5) ? dressed(s) : person(s), action.phrase,
                               place_phrase(s.place));
    }
}

std::string blip_caption(const SceneSpec& s, Random& random, const CaptionHabits& habits) {
    double kind = random.uniform();
    if (kind < habits.a_person_is) return "a person is " + verb_phrase(s, random, habits);
    kind -= habits.a_person_is;
    if (kind < habits.someone_is) return "someone is " + verb_phrase(s, random, habits);
    kind -= habits.someone_is;
    const auto plain = plain_caption(s, random, habits);
    return kind < habits.a_video_of ? "a video of " + plain : plain;
}

std::vector<std::string> caption_phrases() {
    std::vector<std::string> phrases = {"a video of", "a person is", "someone is"};
    for (const auto& action : demo_actions()) {
        phrases.insert(phrases.end(), {action.class_name, action.phrase, action.bare, action.object});
    }
    for (int i = 0; i < kShirts; ++i) phrases.push_back("in a " + shirt_name(i) + " shirt");
    for (int i = 0; i < kPersons; ++i) phrases.push_back("a " + person_name(static_cast<Person>(i)));
    for (int i = 0; i < kPlaces; ++i) {
        const auto place = static_cast<Place>(i);
        const auto& words = words_of(place);
        phrases.push_back(place_phrase(place));
        phrases.push_back(words.habitual_verb);
        phrases.insert(phrases.end(), words.scenery.begin(), words.scenery.end());
    }
    phrases.insert(phrases.end(), general_verbs().begin(), general_verbs().end());
    return phrases;
}

std::vector<std::string> sample_captions(uint64_t seed, int count) {
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i) {
        const auto scene = draw_scene(seed, static_cast<uint64_t>(i));
        Random random(seed, static_cast<uint64_t>(i), 1);
        texts.push_back(clip_caption(scene, random));
        texts.push_back(blip_caption(scene, random));
    }
    return texts;
}

}  // namespace rest::demo
