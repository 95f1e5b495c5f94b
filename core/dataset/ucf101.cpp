// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "core/base/strings.h"
#include "core/dataset/class_map.h"
#include "core/dataset/list_line.h"
#include "core/dataset/list_rows.h"
#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

/// "v_ApplyEyeMakeup_g08_c01" -> "ApplyEyeMakeup".
std::string_view class_of_file(std::string_view stem) {
    if (!stem.starts_with("v_")) return {};
    stem.remove_prefix(2);
    return stem.substr(0, std::min(stem.find("_g"), stem.size()));
}

std::string find_class_list(const FileTree& tree, std::string_view beside) {
    std::string found;
    for (const auto& list : tree.lists) {
        if (!iequals(file_name(list), "classInd.txt")) continue;
        if (found.empty() || folder_of(list) == folder_of(beside)) found = list;
    }
    return found;
}

/// The lists of the first split present.
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

void read_rows(ListingBuilder& builder, size_t list, ListedRows& listed) {
    const std::string& name = listed.lists[list];
    const Split split = ascii_lower(file_name(name)).starts_with("train") ? Split::train : Split::test;
    for (const auto& line : split_lines(builder.read_list(name))) {
        builder.tick();
        const auto [path, numbers] = read_list_line(line);
        if (path.empty()) continue;
        ListRow row{.path = std::string(path), .split = split, .list = list};
        std::replace(row.path.begin(), row.path.end(), '\\', '/');  // no official name contains one
        row.label = own_folder(row.path);
        if (row.label.empty()) row.label = class_of_file(file_stem(row.path));
        if (numbers.size() == 1) row.number = numbers[0];
        listed.rows.push_back(std::move(row));
    }
}

/// The training list's number is its class in classInd.txt, whatever the name's spelling; these names become aliases of
/// the classes, which the test list, without numbers, uses too.
void name_classes(const ClassMap& map, ListingBuilder& builder, ListedRows& listed) {
    for (const auto& row : listed.rows) {
        const auto name = map.names.find(row.number);
        if (name != map.names.end() && !row.label.empty())
            builder.classes.alias(row.label, builder.classes.index(name->second));
    }
    for (const auto& row : listed.rows) {
        const auto name = map.names.find(row.number);
        listed.labels.push_back(builder.classes.index(name != map.names.end() ? name->second : row.label));
    }
}

}  // namespace

bool is_ucf101_list(std::string_view list) {
    const std::string name = ascii_lower(file_name(list));
    for (const std::string_view start : {"trainlist", "testlist"}) {
        if (name.starts_with(start) && name.ends_with(".txt") && name.size() == start.size() + 6 &&
            class_number(name.substr(start.size(), 2)) >= 0)
            return true;
    }
    return false;
}

DatasetListing read_ucf101(const DatasetSource& source, Task& task) {
    ListingBuilder builder(source.tree, Layout::ucf101, task);
    ClipFinder finder(source.tree);
    ListedRows listed{.lists = ucf101_first_split(source), .names_are_unique = true};
    const std::string class_list = find_class_list(source.tree, listed.lists.front());
    ClassMap map;
    if (!class_list.empty()) map = read_class_map(builder.read_list(class_list), true);
    for (const auto& [number, name] : map.names) builder.classes.index(name);
    for (size_t list = 0; list < listed.lists.size(); ++list) read_rows(builder, list, listed);
    name_classes(map, builder, listed);
    finder.set_classes(builder.classes.names());
    assign_rows(listed, finder, builder);
    for (size_t i = 0; i < source.tree.videos.size(); ++i) {
        if (!builder.taken(i)) builder.leave_unlisted(i);
    }
    tell_lists_not_read(source, finder, builder);
    return builder.finish(map.empty());
}

}  // namespace rest::dataset
