// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "core/base/strings.h"
#include "core/dataset/list_line.h"
#include "core/dataset/listing_builder.h"
#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"

namespace rest::dataset {
namespace {

constexpr std::string_view kMark = "_test_split";

std::vector<std::string> hmdb51_first_split(const DatasetSource& source) {
    std::map<int, std::vector<std::string>> by_number;
    for (const auto& list : source.lists()) {
        if (is_hmdb51_list(list)) by_number[number_after(file_stem(list), kMark)].push_back(list);
    }
    if (by_number.empty()) {
        throw Error(ErrorCode::unsupported, "There is no <class>_test_split1.txt under " + source.tree.root.string(),
                    "Put the folder testTrainMulti_7030_splits beside the videos, or import with the layout flat.");
    }
    return by_number.begin()->second;
}

}  // namespace

bool is_hmdb51_list(std::string_view list) {
    const auto name = file_name(list);
    const auto at = name.rfind(kMark);
    return at != std::string_view::npos && at > 0 && iequals(extension_of(name), ".txt") &&
           number_after(file_stem(name), kMark) > 0;
}

DatasetListing read_hmdb51(const DatasetSource& source, Task& task) {
    ListingBuilder builder(source.tree, Layout::hmdb51, task);
    const ClipFinder finder(source.tree);
    for (const auto& list : hmdb51_first_split(source)) {
        const auto name = file_name(list);
        const std::string class_name(name.substr(0, name.rfind(kMark)));
        const int label = builder.classes.index(class_name);
        for (const auto& line : split_lines(builder.read_list(list))) {
            const auto [path, numbers] = read_list_line(line);
            const int use = numbers.empty() ? 0 : numbers.back();
            if (path.empty() || (use != 1 && use != 2)) continue;
            const Split split = use == 1 ? Split::train : Split::test;
            const std::string listed = class_name + "/" + std::string(path);
            builder.add_listed(listed, finder.by_path(listed, split, true), split, label, list);
        }
    }
    return builder.finish(true);
}

}  // namespace rest::dataset
