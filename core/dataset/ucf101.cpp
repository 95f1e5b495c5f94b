// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <map>

#include "core/base/strings.h"
#include "core/dataset/list_line.h"
#include "core/dataset/listing_builder.h"
#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"

namespace rest::dataset {
namespace {

/// "v_ApplyEyeMakeup_g08_c01" -> "ApplyEyeMakeup".
std::string_view class_of_file(std::string_view stem) {
    if (!stem.starts_with("v_")) return {};
    stem.remove_prefix(2);
    return stem.substr(0, std::min(stem.find("_g"), stem.size()));
}

/// The classes of classInd.txt, in its order.
void read_class_list(ListingBuilder& builder, const std::string& list) {
    std::map<int, std::string> names;
    for (const auto& line : split_lines(builder.read_list(list))) {
        const auto blank = line.find(' ');
        if (blank == std::string::npos) continue;
        int number = 0;
        const auto read = std::from_chars(line.data(), line.data() + blank, number);
        if (read.ec == std::errc()) names[number] = line.substr(blank + 1);
    }
    for (const auto& [number, name] : names) builder.classes.index(name);
}

std::string find_class_list(const FileTree& tree, std::string_view beside) {
    std::string found;
    for (const auto& list : tree.lists) {
        if (!iequals(file_name(list), "classInd.txt")) continue;
        if (found.empty() || folder_of(list) == folder_of(beside)) found = list;
    }
    return found;
}

/// The lists of the first split that there is.
std::vector<std::string> ucf101_first_split(const DatasetSource& source) {
    std::map<int, std::vector<std::string>> by_number;
    for (const auto& list : source.lists()) {
        if (is_ucf101_list(list)) by_number[number_after(file_stem(list), "list")].push_back(list);
    }
    if (by_number.empty()) {
        throw Error(ErrorCode::unsupported,
                    "There is no trainlist01.txt or testlist01.txt under " + source.tree.root.string(),
                    "Put the folder ucfTrainTestlist beside the videos, or import with the layout flat.");
    }
    return by_number.begin()->second;
}

}  // namespace

bool is_ucf101_list(std::string_view list) {
    const std::string name = ascii_lower(file_name(list));
    return name.ends_with(".txt") && (name.starts_with("trainlist") || name.starts_with("testlist"));
}

DatasetListing read_ucf101(const DatasetSource& source, Task& task) {
    ListingBuilder builder(source.tree, Layout::ucf101, task);
    const ClipFinder finder(source.tree);
    const auto lists = ucf101_first_split(source);
    const std::string class_list = find_class_list(source.tree, lists.front());
    if (!class_list.empty()) read_class_list(builder, class_list);
    for (const auto& list : lists) {
        const Split split = ascii_lower(file_name(list)).starts_with("train") ? Split::train : Split::test;
        for (const auto& line : split_lines(builder.read_list(list))) {
            const auto path = read_list_line(line).path;
            if (path.empty()) continue;
            auto name = file_name(folder_of(path));
            if (name.empty()) name = class_of_file(file_stem(path));
            builder.add_listed(path, finder.by_path(path, split, true), split, builder.classes.index(name), list);
        }
    }
    return builder.finish(class_list.empty());
}

}  // namespace rest::dataset
