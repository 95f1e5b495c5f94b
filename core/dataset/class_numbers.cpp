// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/class_numbers.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/dataset/name_keys.h"
#include "core/dataset/path_text.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

using Names = std::map<int, std::string>;

/// The folder of a row's clip, from the row if it gives one, else from the tree.
std::string folder_name(const ListRow& row, const ClipFinder& finder, const FileTree& tree) {
    std::string path = row.path;
    std::replace(path.begin(), path.end(), '\\', '/');
    auto label = place_of(path).label;
    if (!label.empty()) return label;
    const auto found = finder.candidates(row, "", "", false);
    return found.empty() ? std::string() : place_of(tree.videos[found.front().video].path).label;
}

/// By number, the folders of its clips. Numbers without clips are left out, as one line may claim number one billion.
std::map<int, std::set<std::string>> folders_of_numbers(const ListedRows& listed, const ClipFinder& finder,
                                                        const FileTree& tree) {
    std::map<int, std::set<std::string>> folders;
    for (const auto& row : listed.rows) {
        if (row.number >= 0) folders[row.number].insert(folder_name(row, finder, tree));
    }
    return folders;
}

Names names_from_folders(const std::map<int, std::set<std::string>>& folders, ListingBuilder& builder) {
    std::set<std::string> used;
    bool telling = true;
    for (const auto& [number, names] : folders) {
        telling =
            telling && names.size() == 1 && !names.begin()->empty() && used.insert(class_key(*names.begin())).second;
    }
    Names names;
    for (const auto& [number, of_number] : folders)
        names.emplace(number, telling ? *of_number.begin() : "class " + std::to_string(number));
    if (!telling && !names.empty()) {
        builder.note("The lists number " + std::to_string(names.size()) +
                     " classes and nothing names them. Put a label_map.txt with a name a line beside the lists.");
    }
    return names;
}

/// How many numbers have a folder named as in the map, `shift` lines further up.
int64_t agreeing(const ClassMap& map, const std::map<int, std::set<std::string>>& folders, int shift) {
    return std::count_if(folders.begin(), folders.end(), [&](const auto& entry) {
        const auto name = map.names.find(entry.first - shift);
        return name != map.names.end() &&
               std::any_of(entry.second.begin(), entry.second.end(),
                           [&](const auto& folder) { return class_key(folder) == class_key(name->second); });
    });
}

/// 1 if the lists count from 1 and the map's lines from 0.
int shift_of(const ClassMap& map, const std::map<int, std::set<std::string>>& folders, ListingBuilder& builder) {
    if (map.numbered || folders.empty() || folders.begin()->first == 0) return 0;
    const bool one_too_many = folders.rbegin()->first == static_cast<int>(map.names.size());
    if (!one_too_many && agreeing(map, folders, 1) <= agreeing(map, folders, 0)) return 0;
    builder.note("The lists number classes from 1: number 1 is the first line of the list of classes.");
    return 1;
}

}  // namespace

ClassMap find_class_map(const FileTree& tree, const ListedRows& listed, ListingBuilder& builder) {
    const auto has_number = [](const ListRow& row) { return row.number >= 0; };
    if (std::none_of(listed.rows.begin(), listed.rows.end(), has_number)) return {};
    std::vector<std::string> maps;
    for (const auto& list : tree.lists) {
        if (is_class_map_name(list) && !builder.was_read(list)) maps.push_back(list);
    }
    const auto beside = [&](const std::string& map) {
        return std::any_of(listed.lists.begin(), listed.lists.end(),
                           [&](const auto& list) { return folder_of(list) == folder_of(map); });
    };
    std::stable_partition(maps.begin(), maps.end(), beside);
    for (const auto& list : maps) {
        auto map = read_class_map(builder.read_list(list));
        if (!map.empty()) return map;
    }
    return {};
}

std::vector<int> number_classes(const ClassMap& map, const ListedRows& listed, const ClipFinder& finder,
                                ListingBuilder& builder) {
    const auto folders = folders_of_numbers(listed, finder, builder.tree());
    const int shift = shift_of(map, folders, builder);
    const Names names = map.empty() ? names_from_folders(folders, builder) : map.names;
    std::map<int, int> classes;  // by number
    for (const auto& [number, name] : names) classes.emplace(number + shift, builder.classes.index(name));
    std::vector<int> labels;
    std::set<int> unknown;
    for (const auto& row : listed.rows) {
        if (row.number < 0) {
            labels.push_back(builder.classes.index(row.label));
            continue;
        }
        const auto known = classes.find(row.number);
        if (known == classes.end() && unknown.insert(row.number).second) {
            builder.problem(ErrorCode::invalid_argument, listed.lists[row.list],
                            "Label " + std::to_string(row.number) + " has no name in the label map",
                            "Its clips stay without.");
        }
        labels.push_back(known == classes.end() ? -1 : known->second);
    }
    return labels;
}

}  // namespace rest::dataset
