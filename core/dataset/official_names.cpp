// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/official_names.h"

#include "core/base/strings.h"
#include "core/dataset/list_line.h"
#include "core/dataset/list_row.h"
#include "core/dataset/names/path_text.h"

namespace rest::dataset {
namespace {

constexpr std::string_view kMark = "_test_split";

}  // namespace

std::string_view ucf101_class_of(std::string_view stem) {
    if (!stem.starts_with("v_")) return {};
    stem.remove_prefix(2);
    return stem.substr(0, stem.rfind("_g"));
}

bool is_ucf101_list(std::string_view list) {
    const std::string name = ascii_lower(file_name(list));
    for (const std::string_view start : {"trainlist", "testlist"}) {
        if (name.starts_with(start) && name.ends_with(".txt") && name.size() == start.size() + 6 &&
            class_number(name.substr(start.size(), 2)) >= 0)
            return true;
    }
    return false;
}

bool is_hmdb51_list(std::string_view list) {
    const auto name = file_name(list);
    const auto at = name.rfind(kMark);
    if (at == std::string_view::npos || at == 0 || !iequals(extension_of(name), ".txt")) return false;
    // Only the number may follow: "hmdb51_test_split_1_videos.txt" is mmaction2's.
    const auto number = file_stem(name).substr(at + kMark.size());
    return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos &&
           hmdb51_list(list).split > 0;
}

Hmdb51List hmdb51_list(std::string_view list) {
    const auto stem = file_stem(list);
    return {stem.substr(0, stem.rfind(kMark)), number_after(stem, kMark)};
}

}  // namespace rest::dataset
