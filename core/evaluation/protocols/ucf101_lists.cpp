// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/dataset/list_line.h"
#include "core/dataset/names/path_text.h"
#include "core/dataset/official_names.h"
#include "core/evaluation/protocols/list_files.h"
#include "core/evaluation/protocols/official_lists.h"
#include "core/evaluation/tam/class_names.h"
#include "core/text/file_text.h"

namespace rest::evaluation {
namespace {

namespace fs = std::filesystem;

constexpr int kSplits = 3;
constexpr int kTestGroups = 7;  // split k tests on groups 7 k - 6 to 7 k
constexpr int kMostNumbered = 99;

bool starts_and_is_text(const fs::path& file, std::string_view start) {
    const auto name = ascii_lower(file.filename().string());
    return name.starts_with(start) && name.ends_with(".txt");
}

void read_ucf101_clips(const fs::path& file, const ClassNames& classes, std::vector<ListedClip>& clips,
                       std::vector<Problem>& problems) {
    int64_t line_number = 0;
    for (const auto& line : split_lines(text::file_text(read_file(file)))) {
        ++line_number;
        const auto path = dataset::read_list_line(line).path;
        if (path.empty()) continue;
        int label = classes.find(dataset::file_name(dataset::folder_of(path)));
        if (label < 0) label = classes.find(dataset::ucf101_class_of(dataset::file_stem(path)));
        if (label < 0) {
            problems.push_back({ErrorCode::damaged, fmt::format("{} line {}", file.string(), line_number),
                                fmt::format("{} belongs to no UCF101 class", path), "The line was skipped."});
            continue;
        }
        clips.push_back({std::string(path), label});
    }
}

}  // namespace

OfficialSet read_compact_ucf101(const fs::path& file) {
    OfficialSet set{.source = file.string()};
    for (int number = 1; number <= kSplits; ++number) set.splits.push_back({.number = number});
    for (const auto& line : split_lines(text::file_text(read_file(file)))) {
        const auto fields = split(line, '\t');
        const int label = static_cast<int>(set.classes.size());
        if (fields.size() != 3 || fields[0].empty()) {
            throw Error(ErrorCode::damaged,
                        fmt::format("{} line {} is not class, name and counts", file.string(), label + 1),
                        "Install REST Studio again.");
        }
        set.classes.push_back(fields[0]);
        std::istringstream counts(fields[2]);
        int count = 0;
        for (int group = 1; counts >> count; ++group) {
            for (int clip = 1; clip <= std::min(count, kMostNumbered); ++clip) {
                const ListedClip listed{fmt::format("{}/v_{}_g{:02}_c{:02}.avi", fields[0], fields[1], group, clip),
                                        label};
                for (auto& split : set.splits) {
                    const bool tests = (group - 1) / kTestGroups + 1 == split.number;
                    (tests ? split.test : split.train).push_back(listed);
                }
            }
        }
    }
    return set;
}

std::optional<OfficialSet> find_ucf101_lists(const fs::path& folder, const std::vector<std::string>& classes) {
    OfficialSet set{.source = folder.string(), .classes = classes};
    std::map<int, std::pair<fs::path, fs::path>> lists;  // by number: train, test
    for (const auto& file : files_below(folder)) {
        const int number = dataset::number_after(ascii_lower(file.stem().string()), "list");
        if (starts_and_is_text(file, "trainlist")) lists[number].first = file;
        if (starts_and_is_text(file, "testlist")) lists[number].second = file;
        if (!iequals(file.filename().string(), "classInd.txt")) continue;
        set.classes.clear();
        for (const auto& line : split_lines(text::file_text(read_file(file)))) {
            const auto name = trimmed(std::string_view(line).substr(std::min(line.find(' '), line.size())));
            if (!name.empty()) set.classes.emplace_back(name);
        }
    }
    if (lists.empty()) return std::nullopt;
    const ClassNames names(set.classes);
    for (const auto& [number, files] : lists) {
        OfficialSplit split{.number = number};
        if (!files.first.empty()) read_ucf101_clips(files.first, names, split.train, set.problems);
        if (!files.second.empty()) read_ucf101_clips(files.second, names, split.test, set.problems);
        set.splits.push_back(std::move(split));
    }
    return set;
}

}  // namespace rest::evaluation
