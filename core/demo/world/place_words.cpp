// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/place_words.h"

namespace rest::demo {

const PlaceWords& words_of(Place place) {
    static const std::vector<PlaceWords> words = {
        {{"a green park with trees", "trees and grass on a sunny day"}, "having fun", "walking a dog"},
        {{"a sandy beach with a palm tree", "a sunny day at the sea"}, "standing", "throwing a frisbee"},
        {{"a city street with tall buildings", "a row of houses with windows"}, "moving", "riding a bicycle"},
        {{"a gym with a wooden floor", "the inside of a sports hall"}, "exercising", "lifting a barbell"},
        {{"a living room with a sofa", "a room with a window and a lamp"},
         "posing for a picture",
         "playing the violin"},
        {{"a snowy day with mountains", "mountains covered in snow"}, "looking around", "riding a skateboard"},
    };
    return words.at(static_cast<size_t>(place));
}

const std::vector<std::string>& general_verbs() {
    static const std::vector<std::string> verbs = {"standing",       "moving",     "posing for a picture", "having fun",
                                                   "looking around", "exercising", "spending time outside"};
    return verbs;
}

}  // namespace rest::demo
