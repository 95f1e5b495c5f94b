// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "core/base/strings.h"
#include "core/dataset/list_line.h"
#include "core/dataset/listing_builder.h"
#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

using Names = std::map<int, std::string>;  // of classes, by label

bool is_label_map(std::string_view list) {
    return file_name(list).starts_with("label_map");
}

bool is_video_line(const ListLine& line) {
    return is_video_file(line.path);
}
/// "some/dir 163 1": a folder of frames, how many, the label.
bool is_frames_line(const ListLine& line) {
    return line.numbers.size() == 2 && !line.path.empty() && !is_video_line(line);
}

/// More than one label is more than we can keep.
int label_of(const ListLine& line) {
    return line.numbers.size() == 1 ? line.numbers[0] : -1;
}

/// The lists of the first of several splits ("split_1"), and all lists that name none.
std::vector<std::string> mmaction2_first_split(const DatasetSource& source) {
    std::map<int, std::vector<std::string>> by_number;
    int64_t frame_lists = 0;
    for (const auto& list : source.lists()) {
        if (is_label_map(list)) continue;
        const auto lines = split_lines(beginning_of(source.tree.root / list));
        const auto has = [&](auto kind) {
            return std::any_of(lines.begin(), lines.end(),
                               [&](const auto& line) { return kind(read_list_line(line)); });
        };
        if (has(is_video_line))
            by_number[number_after(file_stem(list), "split")].push_back(list);
        else if (has(is_frames_line))
            ++frame_lists;
    }
    if (by_number.empty()) {
        const std::string where = source.list.empty() ? source.tree.root.string() : source.list;
        throw Error(ErrorCode::unsupported,
                    frame_lists > 0 ? where + ": the lists are of folders of frames, which cannot be imported"
                                    : where + ": there is no list with lines \"some/path/000.mp4 1\"",
                    "Give a list of video files.");
    }
    std::vector<std::string> lists = by_number[0];
    by_number.erase(0);
    if (!by_number.empty())
        lists.insert(lists.end(), by_number.begin()->second.begin(), by_number.begin()->second.end());
    return lists;
}

/// Names by label: of the label map beside the lists, else of any; none without one.
Names read_label_map(const FileTree& tree, const std::string& beside, ListingBuilder& builder) {
    std::string found;
    for (const auto& list : tree.lists) {
        if (is_label_map(list) && (found.empty() || folder_of(list) == folder_of(beside))) {
            if (found.empty() || folder_of(found) != folder_of(beside)) found = list;
        }
    }
    Names names;
    if (found.empty()) return names;
    for (auto& line : split_lines(builder.read_list(found)))
        names.emplace(static_cast<int>(names.size()), std::move(line));
    return names;
}

struct Row {
    std::string path;
    int label;
    Split split;
    std::string list;
};

/// Without a label map: the folder that all clips of a label lie in, else the number. Labels that no clip has are left
/// out, as one line may claim the billionth.
Names names_from_folders(const std::vector<Row>& rows) {
    std::map<int, std::set<std::string>> folders;
    for (const auto& row : rows) {
        if (row.label >= 0) folders[row.label].insert(std::string(file_name(folder_of(row.path))));
    }
    std::set<std::string> used;
    bool telling = true;
    for (const auto& [label, names] : folders) {
        telling = telling && names.size() == 1 && !names.begin()->empty() && used.insert(*names.begin()).second;
    }
    Names names;
    for (const auto& [label, of_label] : folders) {
        names.emplace(label, telling ? *of_label.begin() : "class " + std::to_string(label));
    }
    return names;
}

std::vector<Row> read_rows(const std::vector<std::string>& lists, ListingBuilder& builder) {
    std::vector<Row> rows;
    for (const auto& list : lists) {
        const Split split = split_of_list(list).value_or(Split::train);
        const std::string text = builder.read_list(list);
        for (const auto& line : split_lines(text)) {
            builder.tick();
            const auto parts = read_list_line(line);
            if (is_video_line(parts)) rows.push_back({std::string(parts.path), label_of(parts), split, list});
        }
    }
    return rows;
}

}  // namespace

bool is_mmaction2_list(std::string_view list, std::string_view beginning) {
    if (iequals(extension_of(list), ".csv") || is_label_map(list)) return false;
    int lines = 0;
    for (const auto& line : split_lines(beginning)) {
        if (trimmed(line).empty()) continue;
        const auto parts = read_list_line(line);
        if (!is_video_line(parts) && !is_frames_line(parts)) return false;
        if (++lines == 20) break;
    }
    return lines > 0;
}

DatasetListing read_mmaction2(const DatasetSource& source, Task& task) {
    ListingBuilder builder(source.tree, Layout::mmaction2, task);
    const ClipFinder finder(source.tree);
    const auto lists = mmaction2_first_split(source);
    const auto rows = read_rows(lists, builder);
    auto names = read_label_map(source.tree, lists.front(), builder);
    if (names.empty()) names = names_from_folders(rows);
    std::map<int, int> classes;  // by label
    for (const auto& [label, name] : names) classes.emplace(label, builder.classes.index(name));
    std::set<int> unknown;
    for (const auto& row : rows) {
        const auto known = classes.find(row.label);
        if (known == classes.end() && row.label >= 0 && unknown.insert(row.label).second) {
            builder.problem(ErrorCode::invalid_argument, row.list,
                            "Label " + std::to_string(row.label) + " has no name in the label map",
                            "Its clips stay without.");
        }
        builder.add_listed(row.path, finder.by_path(row.path, row.split), row.split,
                           known != classes.end() ? known->second : -1, row.list);
    }
    return builder.finish(false);
}

}  // namespace rest::dataset
