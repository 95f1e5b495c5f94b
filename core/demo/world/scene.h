// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace rest::demo {

enum class Person { man, woman, boy, girl };
enum class Place { park, beach, street, gym, room, snow };
inline constexpr int kPersons = 4;
inline constexpr int kPlaces = 6;

struct Colour {
    double r = 0, g = 0, b = 0;
};

/// The contents of one clip, determined by (seed, index).
struct SceneSpec {
    int action = 0;
    Person person = Person::man;
    Place place = Place::park;
    int shirt = 0;  // see shirt_name()
    int trousers = 0;
    double skin = 0.5;  // 0 dark, 1 light
    double hair = 0.5;
    bool hat = false;
    bool mirrored = false;
    double height = 0.8;   // of the figure, share of the picture's height; less if its object needs room
    double x = 0.5;        // of the figure, share of the picture's width
    double ground = 0.88;  // share of the picture's height
    double speed = 1;      // cycles per second
    double phase = 0;
    double pan = 0;             // picture widths per second
    double zoom = 0;            // per second
    double light = 1;           // factor on all colours
    int distractor = -1;        // another action whose object lies in the scene, -1 none
    double distractor_x = 0.9;  // share of the picture's width
    uint64_t decoration = 0;    // seed for the positions of trees and windows
};

/// A random scene of the given action (-1: any).
SceneSpec draw_scene(uint64_t seed, uint64_t index, int action = -1);

std::string person_name(Person person);
/// "in the park", "on the beach", ...
std::string place_phrase(Place place);
std::string shirt_name(int shirt);
Colour shirt_colour(int shirt);
inline constexpr int kShirts = 6;

}  // namespace rest::demo
