// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/words.h"

namespace rest::gallery {
namespace {

template <class Enum>
std::optional<Enum> find_word(std::string_view word, int count) {
    for (int i = 0; i < count; ++i) {
        if (word == to_string(static_cast<Enum>(i))) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace

const char* to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::right:
            return "right";
        case Verdict::wrong:
            return "wrong";
        case Verdict::unlabelled:
            return "unlabelled";
    }
    return "unknown";
}

const char* to_string(Change change) {
    switch (change) {
        case Change::same:
            return "same";
        case Change::became_right:
            return "became_right";
        case Change::became_wrong:
            return "became_wrong";
        case Change::other_class:
            return "other_class";
        case Change::only_here:
            return "only_here";
    }
    return "unknown";
}

const char* to_string(People people) {
    switch (people) {
        case People::unasked:
            return "unasked";
        case People::all_yes:
            return "all_yes";
        case People::all_no:
            return "all_no";
        case People::disagree:
            return "disagree";
    }
    return "unknown";
}

std::optional<Verdict> verdict_from_string(std::string_view word) {
    return find_word<Verdict>(word, kVerdicts);
}
std::optional<Change> change_from_string(std::string_view word) {
    return find_word<Change>(word, kChanges);
}
std::optional<People> people_from_string(std::string_view word) {
    return find_word<People>(word, kPeople);
}

}  // namespace rest::gallery
