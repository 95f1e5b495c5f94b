// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/dataset/class_table.h"
#include "core/dataset/clip_finder.h"
#include "core/dataset/dataset.h"
#include "core/dataset/file_tree.h"

namespace rest::dataset {

/// What every layout's reader does alike: gathers clips, notices empty, missing and doubled ones, orders the result.
class ListingBuilder {
  public:
    /// The tree must outlive it.
    ListingBuilder(const FileTree& tree, Layout layout, Task& task);

    ClassTable classes;

    const FileTree& tree() const { return tree_; }
    /// Call once per clip: obeys pause and cancel.
    void tick();
    bool taken(size_t video) const { return taken_[video]; }
    int64_t clip_count() const { return static_cast<int64_t>(listing_.clips.size()); }
    /// A video of the tree. `list` (relative to the root, may be empty) is named when the clip is there already.
    void add(size_t video, Split split, int label, const std::string& list = {});
    /// A listed clip: `found` in the tree, or a path of its own (absolute or with ".." from the list), or missing.
    void add_listed(std::string_view listed, std::optional<size_t> found, Split split, int label,
                    const std::string& list);
    void problem(ErrorCode code, const std::string& file, const std::string& message, const std::string& remedy = {});
    /// Reads a list of the tree as text; it counts as used.
    std::string read_list(const std::string& list);

    /// Throws Error (not_found) when not one clip was found. `sort_classes` false keeps the order of classes.
    DatasetListing finish(bool sort_classes);

  private:
    struct ListTally {
        int64_t found = 0;
        std::vector<std::string> missing;
    };
    bool add_outside(std::string_view listed, Split split, int label, const std::string& list);
    void report_missing();
    [[noreturn]] void fail_without_clips() const;

    const FileTree& tree_;
    Task& task_;
    DatasetListing listing_;
    std::vector<bool> taken_;
    std::unordered_set<std::string> outside_;
    std::map<std::pair<std::string, Split>, ListTally> tallies_;
    std::set<std::string> lists_read_;
    int64_t ticks_ = 0;
};

}  // namespace rest::dataset
