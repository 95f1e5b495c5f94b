// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace rest::dataset {

// The official names of UCF101 and HMDB51, whose lists the importer and the protocols read.

/// "v_ApplyEyeMakeup_g08_c01" -> "ApplyEyeMakeup"; "" for a name of another form.
std::string_view ucf101_class_of(std::string_view stem);

/// "trainlist01.txt", "testlist03.txt".
bool is_ucf101_list(std::string_view list);

/// "brush_hair_test_split1.txt".
bool is_hmdb51_list(std::string_view list);

/// Of the name of an HMDB51 list: "brush_hair", 1.
struct Hmdb51List {
    std::string_view class_name;
    int split = 0;
};
Hmdb51List hmdb51_list(std::string_view list);

// What the last number of an HMDB51 line means; 0 is a clip that the split does not use.
constexpr int kHmdb51Train = 1, kHmdb51Test = 2;

}  // namespace rest::dataset
