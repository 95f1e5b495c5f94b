// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/scene.h"

#include <array>

#include "core/base/random.h"
#include "core/demo/world/actions.h"
#include "core/demo/world/palette.h"

namespace rest::demo {
namespace {

struct Shirt {
    const char* name;
    Colour colour;
};

constexpr std::array<Shirt, kShirts> kShirtTable = {{{"red", {.88, .17, .17}},
                                                     {"blue", {.16, .36, .88}},
                                                     {"green", {.12, .64, .28}},
                                                     {"yellow", {.95, .8, .1}},
                                                     {"purple", {.55, .2, .7}},
                                                     {"white", {.96, .96, .98}}}};

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
    s.height = random.uniform(0.76, 0.88) * (child ? 0.88 : 1);
    s.x = random.uniform(0.47, 0.53);
    s.ground = random.uniform(0.9, 0.94);
    s.speed = random.uniform(0.6, 1.1);
    s.phase = random.uniform();
    s.pan = random.uniform(-0.02, 0.02);
    s.zoom = random.uniform(-0.02, 0.03);
    s.light = random.uniform(0.85, 1.08);
    if (random.chance(0.35)) s.distractor = static_cast<int>(random.below(actions));
    s.distractor_x = random.chance(0.5) ? random.uniform(0.17, 0.24) : random.uniform(0.76, 0.83);
    s.decoration = random.next();
    s.hat = random.chance(s.place == Place::snow ? 0.6 : 0.2);
    return s;
}

std::string person_name(Person person) {
    switch (person) {
        case Person::man:
            return "man";
        case Person::woman:
            return "woman";
        case Person::boy:
            return "boy";
        case Person::girl:
            return "girl";
    }
    return "person";
}

std::string place_phrase(Place place) {
    switch (place) {
        case Place::park:
            return "in the park";
        case Place::beach:
            return "on the beach";
        case Place::street:
            return "on the street";
        case Place::gym:
            return "in the gym";
        case Place::room:
            return "in a living room";
        case Place::snow:
            return "in the snow";
    }
    return "";
}

Colour skin_colour(const SceneSpec& s) {
    return mixed({.46, .3, .2}, {1, .83, .69}, s.skin);
}

Colour hair_colour(const SceneSpec& s) {
    return mixed({.14, .09, .07}, {.88, .66, .3}, s.hair * s.hair);
}

Colour trousers_colour(const SceneSpec& s) {
    constexpr std::array<Colour, 4> kColours = {{{.17, .22, .42}, {.24, .24, .27}, {.5, .4, .28}, {.4, .47, .56}}};
    return kColours.at(s.trousers);
}

std::string shirt_name(int shirt) {
    return kShirtTable.at(shirt).name;
}
Colour shirt_colour(int shirt) {
    return kShirtTable.at(shirt).colour;
}

}  // namespace rest::demo
