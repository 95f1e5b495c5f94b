// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/scene.h"

#include <array>

#include "core/base/random.h"
#include "core/demo/actions.h"

namespace rest {
namespace {

struct Shirt {
    const char* name;
    Colour colour;
};

constexpr std::array<Shirt, kShirts> kShirtTable = {{{"red", {.85, .16, .16}},
                                                     {"blue", {.15, .35, .85}},
                                                     {"green", {.12, .6, .25}},
                                                     {"yellow", {.95, .8, .1}},
                                                     {"purple", {.55, .2, .7}},
                                                     {"white", {.95, .95, .95}}}};

}  // namespace

SceneSpec draw_scene(uint64_t seed, uint64_t index, int action) {
    Random random(seed, index);
    const auto actions = static_cast<uint32_t>(demo_actions().size());
    SceneSpec s;
    const auto any = static_cast<int>(random.below(actions));
    s.action = action >= 0 ? action : any;
    s.person = static_cast<Person>(random.below(4));
    s.place = static_cast<Place>(random.below(kPlaces));
    s.shirt = static_cast<int>(random.below(kShirts));
    s.trousers = static_cast<int>(random.below(4));
    s.skin = random.uniform();
    s.hair = random.uniform();
    s.mirrored = random.chance(0.5);
    const bool child = s.person == Person::boy || s.person == Person::girl;
    s.height = random.uniform(0.58, 0.7) * (child ? 0.88 : 1);
    s.x = random.uniform(0.42, 0.58);
    s.ground = random.uniform(0.86, 0.93);
    s.speed = random.uniform(0.6, 1.1);
    s.phase = random.uniform();
    s.pan = random.uniform(-0.02, 0.02);
    s.zoom = random.uniform(-0.02, 0.03);
    s.light = random.uniform(0.85, 1.08);
    if (random.chance(0.35)) s.distractor = static_cast<int>(random.below(actions));
    s.distractor_x = random.chance(0.5) ? 0.14 : 0.86;
    s.decoration = random.next();
    return s;
}

std::string person_name(Person person) {
    switch (person) {
        case Person::man: return "man";
        case Person::woman: return "woman";
        case Person::boy: return "boy";
        case Person::girl: return "girl";
    }
    return "person";
}

std::string place_phrase(Place place) {
    switch (place) {
        case Place::park: return "in the park";
        case Place::beach: return "on the beach";
        case Place::street: return "on the street";
        case Place::gym: return "in the gym";
        case Place::room: return "in a living room";
        case Place::snow: return "in the snow";
    }
    return "";
}

std::string shirt_name(int shirt) { return kShirtTable.at(shirt).name; }
Colour shirt_colour(int shirt) { return kShirtTable.at(shirt).colour; }

}  // namespace rest
