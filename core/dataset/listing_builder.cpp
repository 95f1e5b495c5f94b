// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/listing_builder.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {

namespace fs = std::filesystem;

namespace {
constexpr const char* kEmptyFile = "The file is empty";
constexpr const char* kFetchAgain = "Fetch it again, or leave it out.";
}  // namespace

ListingBuilder::ListingBuilder(const FileTree& tree, Layout layout, Task& task)
    : tree_(tree), task_(task), taken_(tree.videos.size()) {
    listing_.layout = layout;
    listing_.root = tree.root;
    listing_.problems = tree.problems;
    listing_.clips.reserve(tree.videos.size());
}

void ListingBuilder::tick() {
    if (++ticks_ % 256 == 0) task_.check();
}

void ListingBuilder::problem(ErrorCode code, const std::string& file, const std::string& message,
                             const std::string& remedy) {
    listing_.problems.push_back({code, file, message, remedy});
}

std::string ListingBuilder::read_list(const std::string& list) {
    constexpr size_t kLargestList = size_t{128} << 20;  // Kinetics-700's training list has 25 MB
    lists_read_.insert(list);
    return read_file(tree_.root / list, kLargestList);
}

void ListingBuilder::add(size_t video, Split split, int label, const std::string& list) {
    const auto& [name, bytes] = tree_.videos[video];
    if (taken_[video]) {
        problem(ErrorCode::invalid_argument, name, "Listed twice" + (list.empty() ? "" : ", again in " + list),
                "The first entry counts.");
        return;
    }
    taken_[video] = true;
    fs::path path = tree_.root / name;
    if (bytes == 0) {
        problem(ErrorCode::damaged, path.string(), kEmptyFile, kFetchAgain);
        return;
    }
    listing_.clips.push_back({std::move(path), name, label, split});
}

bool ListingBuilder::add_outside(std::string_view listed, Split split, int label, const std::string& list) {
    if (!listed.starts_with('/') && !listed.starts_with("../")) return false;
    const fs::path path = ((tree_.root / list).parent_path() / listed).lexically_normal();
    std::error_code error;
    const auto bytes = fs::file_size(path, error);
    if (error) return false;
    const std::string name = path.relative_path().generic_string();
    if (!outside_.insert(name).second) {
        problem(ErrorCode::invalid_argument, path.string(), "Listed twice, again in " + list,
                "The first entry counts.");
    } else if (bytes == 0) {
        problem(ErrorCode::damaged, path.string(), kEmptyFile, kFetchAgain);
    } else {
        listing_.clips.push_back({path, name, label, split});
    }
    return true;
}

void ListingBuilder::add_listed(std::string_view listed, std::optional<size_t> found, Split split, int label,
                                const std::string& list) {
    tick();
    auto& tally = tallies_[{list, split}];
    if (found)
        add(*found, split, label, list);
    else if (!add_outside(listed, split, label, list))
        return tally.missing.emplace_back(listed), void();
    ++tally.found;
}

/// One problem per missing clip; but a list of which nothing is here (a split that was not downloaded) is one problem.
void ListingBuilder::report_missing() {
    for (const auto& [key, tally] : tallies_) {
        const auto& [list, split] = key;
        if (tally.found == 0 && tally.missing.size() > 1) {
            problem(ErrorCode::not_found, list,
                    "None of its " + std::to_string(tally.missing.size()) + " " + to_string(split) + " clips is here",
                    "Download them if they are wanted.");
            continue;
        }
        for (const auto& missing : tally.missing) {
            problem(ErrorCode::not_found, missing, "Listed in " + list + " but not here",
                    "Download it, or go on without it.");
        }
    }
}

void ListingBuilder::fail_without_clips() const {
    int64_t missing = 0;
    for (const auto& [key, tally] : tallies_) missing += static_cast<int64_t>(tally.missing.size());
    const auto& problems = listing_.problems;
    throw Error(ErrorCode::not_found,
                "No clip to import under " + tree_.root.string() + " (layout " + to_string(listing_.layout) +
                    "): " + std::to_string(missing) + " listed clips are missing, " +
                    std::to_string(tree_.videos.size()) + " video files are there" +
                    (problems.empty() ? "" : "; first problem: " + problems[0].file + ": " + problems[0].message),
                "Check that the list and the videos belong together, or choose another layout.");
}

DatasetListing ListingBuilder::finish(bool sort_classes) {
    if (listing_.clips.empty()) fail_without_clips();
    report_missing();
    const auto unlisted = std::count(taken_.begin(), taken_.end(), false);
    if (unlisted > 0)
        task_.log(LogLevel::info, std::to_string(unlisted) + " videos are in no list and were passed over");
    if (sort_classes) {
        const auto new_index = classes.sort();
        for (auto& clip : listing_.clips) {
            if (clip.label >= 0) clip.label = new_index[clip.label];
        }
    }
    listing_.classes = classes.names();
    listing_.other_files = tree_.other_files - static_cast<int64_t>(lists_read_.size());
    std::sort(listing_.clips.begin(), listing_.clips.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return std::move(listing_);
}

}  // namespace rest::dataset
