// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "core/base/strings.h"
#include "core/dataset/list_line.h"
#include "core/dataset/list_rows.h"
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
    if (at == std::string_view::npos || at == 0 || !iequals(extension_of(name), ".txt")) return false;
    // Only the number may follow: "hmdb51_test_split_1_videos.txt" is mmaction2's.
    const auto number = file_stem(name).substr(at + kMark.size());
    return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos &&
           number_after(file_stem(name), kMark) > 0;
}

DatasetListing read_hmdb51(const DatasetSource& source, Task& task) {
    ListingBuilder builder(source.tree, Layout::hmdb51, task);
    ClipFinder finder(source.tree);
    ListedRows listed{.lists = hmdb51_first_split(source), .names_are_unique = true};
    Counted unread;
    for (size_t list = 0; list < listed.lists.size(); ++list) {
        const auto name = file_name(listed.lists[list]);
        const std::string class_name(name.substr(0, name.rfind(kMark)));
        const int label = builder.classes.index(class_name);
        for (const auto& line : split_lines(builder.read_list(listed.lists[list]))) {
            builder.tick();
            const auto [path, numbers] = read_list_line(line);
            const int use = numbers.empty() ? -1 : numbers.back();
            if (use < 0 && !path.empty()) unread.add(listed.lists[list] + ": " + line);
            if (path.empty() || (use != 1 && use != 2)) continue;
            listed.rows.push_back({.path = class_name + "/" + std::string(path),
                                   .split = use == 1 ? Split::train : Split::test,
                                   .list = list});
            listed.labels.push_back(label);
        }
    }
    if (unread.count > 0) {
        builder.problem(
            ErrorCode::damaged, unread.examples.front(),
            std::to_string(unread.count) + " lines do not say whether their clip is for training (1) or test (2)",
            "These clips are left out.");
    }
    finder.set_classes(builder.classes.names());
    assign_rows(listed, finder, builder);
    for (size_t i = 0; i < source.tree.videos.size(); ++i) {
        if (!builder.taken(i)) builder.leave_unlisted(i);
    }
    tell_lists_not_read(source, finder, builder);
    return builder.finish(true);
}

}  // namespace rest::dataset
