// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace rest::gallery {

/// How CLIP-TAM reads a caption.
enum class Verdict { right, wrong, unlabelled };
constexpr int kVerdicts = 3;
const char* to_string(Verdict verdict);  // "right", "wrong", "unlabelled"

/// What became of a clip since the evaluation that this one is compared with.
enum class Change {
    same,          // the same class is read
    became_right,  // wrong before
    became_wrong,  // right before
    other_class,   // another class is read, which is no more right than the one before
    only_here,     // the other one has not measured the clip
};
constexpr int kChanges = 5;
const char* to_string(Change change);  // "same", "became_right", "became_wrong", "other_class", "only_here"

/// What people who rated the caption for this clip said, in whichever study of the project.
enum class People { unasked, all_yes, all_no, disagree };
constexpr int kPeople = 4;
const char* to_string(People people);  // "unasked", "all_yes", "all_no", "disagree"

std::optional<Verdict> verdict_from_string(std::string_view word);
std::optional<Change> change_from_string(std::string_view word);
std::optional<People> people_from_string(std::string_view word);

}  // namespace rest::gallery
