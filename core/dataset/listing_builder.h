// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/dataset/class_table.h"
#include "core/dataset/dataset.h"
#include "core/dataset/file_tree.h"

namespace rest::dataset {

/// What all readers share: collects clips, detects empty, missing and duplicate ones, and sorts the result.
class ListingBuilder {
  public:
    /// The tree must outlive it.
    ListingBuilder(const FileTree& tree, Layout layout, Task& task);

    ClassTable classes;

    const FileTree& tree() const { return tree_; }
    Task& task() { return task_; }
    /// Call once per clip: handles pause and cancel.
    void tick();
    bool taken(size_t video) const { return taken_[video]; }
    int64_t clip_count() const { return static_cast<int64_t>(listing_.clips.size()); }
    bool has_listed() const { return listing_.counts.found.count > 0; }
    void set_layout(Layout layout) { listing_.layout = layout; }

    /// A video of the tree, without any list.
    void add_by_folder(size_t video, Split split, int label) { add(video, split, label); }
    /// A video of the tree that no list names; leave_unlisted() only counts it.
    void add_unlisted(size_t video, Split split, int label);
    void leave_unlisted(size_t video);
    /// A listed clip that exists.
    void add_listed(size_t video, Split split, int label, const std::string& list);
    /// A listed path outside the tree ("../" from its list, or absolute). False if no such file exists.
    bool add_outside(std::string_view listed, Split split, int label, const std::string& list);
    void add_missing(const std::string& listed, Split split, const std::string& list);
    /// A row whose clip another row has. `contradiction` says how the two differ, empty if they agree.
    void add_twice(const std::string& listed, const std::string& contradiction, const std::string& remedy);

    void problem(ErrorCode code, const std::string& file, const std::string& message, const std::string& remedy = {});
    void note(const std::string& sentence) { listing_.notes.push_back(sentence); }
    /// One sentence for all notes of the same `what`, with their number and an example.
    void note_counted(const std::string& what, const std::string& example) { noted_[what].add(example); }
    void set_folders(FolderNames folders, const std::string& question);
    /// The text of a list in the tree, by file_text(); marks it as read.
    std::string read_list(const std::string& list);
    bool was_read(const std::string& list) const { return lists_read_.contains(list); }

    /// Throws Error (not_found) if no clip was found. `sort_classes` false keeps the order of classes.
    DatasetListing finish(bool sort_classes);

  private:
    struct ListTally {
        int64_t found = 0;
        std::vector<std::string> missing;
    };
    void add(size_t video, Split split, int label);
    void report_missing();
    void count_empty_classes();
    std::string unique_name(const std::string& path);
    [[noreturn]] void fail_without_clips() const;

    const FileTree& tree_;
    Task& task_;
    DatasetListing listing_;
    std::vector<bool> taken_;
    std::unordered_set<std::string> outside_;
    std::unordered_set<std::string> names_;
    std::map<std::pair<std::string, Split>, ListTally> tallies_;
    std::map<std::string, Counted> noted_;
    std::set<std::string> lists_read_;
    int64_t ticks_ = 0;
};

}  // namespace rest::dataset
