// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/listing_builder.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/text/file_text.h"

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

void ListingBuilder::set_folders(FolderNames folders, const std::string& question) {
    listing_.folders = folders;
    listing_.folder_question = question;
}

std::string ListingBuilder::read_list(const std::string& list) {
    constexpr size_t kLargestList = size_t{128} << 20;  // Kinetics-700's training list has 25 MB
    lists_read_.insert(list);
    return text::file_text(read_file(tree_.root / list, kLargestList));
}

/// In NFC; if two file names differ only in their normalisation, both keep their original bytes.
std::string ListingBuilder::unique_name(const std::string& path) {
    std::string name = text::comparable_name(path);
    const auto by_path = [](const FoundFile& file, const std::string& wanted) { return file.path < wanted; };
    const auto other = std::lower_bound(tree_.videos.begin(), tree_.videos.end(), name, by_path);
    const bool is_others = name != path && other != tree_.videos.end() && other->path == name;
    return !is_others && names_.insert(name).second ? name : path;
}

void ListingBuilder::add(size_t video, Split split, int label) {
    const auto& [path, bytes] = tree_.videos[video];
    taken_[video] = true;
    fs::path full = tree_.root / path;
    if (bytes == 0) {
        problem(ErrorCode::damaged, full.string(), kEmptyFile, kFetchAgain);
        return;
    }
    listing_.clips.push_back({std::move(full), unique_name(path), label, split});
}

void ListingBuilder::add_unlisted(size_t video, Split split, int label) {
    listing_.counts.unlisted.add(tree_.videos[video].path);
    add(video, split, label);
}

void ListingBuilder::leave_unlisted(size_t video) {
    listing_.counts.unlisted.add(tree_.videos[video].path);
}

void ListingBuilder::add_listed(size_t video, Split split, int label, const std::string& list) {
    ++tallies_[{list, split}].found;
    listing_.counts.found.add(tree_.videos[video].path);
    add(video, split, label);
}

bool ListingBuilder::add_outside(std::string_view listed, Split split, int label, const std::string& list) {
    if (!listed.starts_with('/') && !listed.starts_with("../")) return false;
    const fs::path path = ((tree_.root / list).parent_path() / listed).lexically_normal();
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return false;
    const auto bytes = fs::file_size(path, error);
    if (error) return false;
    const std::string name = path.relative_path().generic_string();
    ++tallies_[{list, split}].found;
    if (!outside_.insert(name).second) {
        add_twice(path.string(), "again in " + list, "The first entry counts.");
        return true;
    }
    listing_.counts.found.add(path.string());
    if (bytes == 0)
        problem(ErrorCode::damaged, path.string(), kEmptyFile, kFetchAgain);
    else
        listing_.clips.push_back({path, unique_name(name), label, split});
    return true;
}

void ListingBuilder::add_missing(const std::string& listed, Split split, const std::string& list) {
    tallies_[{list, split}].missing.push_back(listed);
    listing_.counts.missing.add(listed);
}

void ListingBuilder::add_twice(const std::string& listed, const std::string& contradiction, const std::string& remedy) {
    listing_.counts.twice.add(listed);
    if (!contradiction.empty()) problem(ErrorCode::invalid_argument, listed, "Listed twice, " + contradiction, remedy);
}

/// One problem per missing clip; but a list none of whose clips exists (a split not downloaded) is one problem.
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

void ListingBuilder::count_empty_classes() {
    std::vector<bool> has_clip(listing_.classes.size());
    for (const auto& clip : listing_.clips) {
        if (clip.label >= 0) has_clip[static_cast<size_t>(clip.label)] = true;
    }
    for (size_t i = 0; i < has_clip.size(); ++i) {
        if (!has_clip[i]) listing_.counts.empty_classes.add(listing_.classes[i]);
    }
}

void ListingBuilder::fail_without_clips() const {
    const auto& problems = listing_.problems;
    throw Error(ErrorCode::not_found,
                "No clip to import under " + tree_.root.string() + " (layout " + to_string(listing_.layout) +
                    "): " + std::to_string(listing_.counts.missing.count) + " listed clips are missing, " +
                    std::to_string(tree_.videos.size()) + " video files are there" +
                    (problems.empty() ? "" : "; first problem: " + problems[0].file + ": " + problems[0].message),
                "Check that the list and the videos belong together, or choose another layout.");
}

DatasetListing ListingBuilder::finish(bool sort_classes) {
    if (listing_.clips.empty()) fail_without_clips();
    report_missing();
    for (const auto& [what, counted] : noted_) {
        note(std::to_string(counted.count) + (counted.count == 1 ? " path: " : " paths: ") + what + ", such as " +
             counted.examples.front());
    }
    if (sort_classes) {
        const auto new_index = classes.sort();
        for (auto& clip : listing_.clips) {
            if (clip.label >= 0) clip.label = new_index[clip.label];
        }
    }
    listing_.classes = classes.names();
    count_empty_classes();
    listing_.lists.assign(lists_read_.begin(), lists_read_.end());
    listing_.other_files = tree_.other_files - static_cast<int64_t>(lists_read_.size());
    std::sort(listing_.clips.begin(), listing_.clips.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return std::move(listing_);
}

}  // namespace rest::dataset
