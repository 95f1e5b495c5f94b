// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <map>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/dataset/list_line.h"
#include "core/dataset/official_names.h"
#include "core/evaluation/protocols/list_files.h"
#include "core/evaluation/protocols/official_lists.h"
#include "core/evaluation/tam/class_names.h"
#include "core/text/file_text.h"

namespace rest::evaluation {
namespace {

namespace fs = std::filesystem;

void read_hmdb51_clips(const fs::path& file, const std::string& class_name, int label, OfficialSplit& split) {
    for (const auto& line : split_lines(text::file_text(read_file(file)))) {
        const auto [path, numbers] = dataset::read_list_line(line);
        if (path.empty() || numbers.empty()) continue;
        const ListedClip clip{class_name + "/" + std::string(path), label};
        if (numbers.back() == dataset::kHmdb51Train) split.train.push_back(clip);
        if (numbers.back() == dataset::kHmdb51Test) split.test.push_back(clip);
    }
}

}  // namespace

std::optional<OfficialSet> find_hmdb51_lists(const fs::path& folder, const std::vector<std::string>& classes) {
    OfficialSet set{.source = folder.string(), .classes = classes};
    const ClassNames names(classes);
    std::map<int, OfficialSplit> splits;
    std::map<int, std::set<int>> listed;  // by split: classes
    for (const auto& file : files_below(folder)) {
        if (!dataset::is_hmdb51_list(file.filename().string())) continue;
        const auto name = file.filename().string();
        const auto list = dataset::hmdb51_list(name);
        const std::string class_name(list.class_name);
        const int number = list.split, label = names.find(class_name);
        if (label < 0) {
            set.problems.push_back(
                {ErrorCode::damaged, file.string(), class_name + " is not an HMDB51 class", "The list was skipped."});
            continue;
        }
        auto& split = splits[number];
        split.number = number;
        if (listed[number].insert(label).second) read_hmdb51_clips(file, class_name, label, split);
    }
    for (auto& [number, split] : splits) {
        const auto missing = names.names().size() - listed[number].size();
        if (missing > 0) {
            set.problems.push_back(
                {ErrorCode::not_found, folder.string(),
                 fmt::format("Split {} has no list for {} of the {} classes", number, missing, names.names().size()),
                 "Give the whole official folder; without it the figures are of fewer classes."});
        }
        set.splits.push_back(std::move(split));
    }
    if (set.splits.empty() && set.problems.empty()) return std::nullopt;
    return set;
}

}  // namespace rest::evaluation
