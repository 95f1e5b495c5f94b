// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/dataset/file_tree.h"
#include "core/dataset/list_row.h"

namespace rest::dataset {

/// How certain it is that a row names a video; the most certain rows take their videos first.
enum class Fit {
    exact,        // the whole path
    right_place,  // the name, in a folder of the row's class or split
    by_name,      // the name, with nothing against it
    other_split,  // the name, in a folder of another split
    other_class,  // the name, in a folder of another class
    by_tail,      // the last folders agree, those before differ on both sides
    name_alone,   // only one video and one row have this name
    respelled     // case, spaces or '_' differ
};

struct Candidate {
    uint32_t video = 0;
    Fit fit = Fit::exact;
    uint32_t rank = 0;         // among candidates of equal fit of one row, higher first
    std::string told_as = {};  // how the path had to be interpreted, empty for as written
};

/// Finds the files that lists name, wherever they are below the root, whatever their container and however their names
/// are normalised. The tree must outlive it.
class ClipFinder {
  public:
    explicit ClipFinder(const FileTree& tree);

    /// The videos a row may mean, by fit, then rank. `list_folder` is the folder of its list, `class_name` the row's
    /// class. `names_are_unique`: file names identify clips, as in UCF101 and HMDB51.
    std::vector<Candidate> candidates(const ListRow& row, std::string_view list_folder, std::string_view class_name,
                                      bool names_are_unique) const;
    /// Whether there is a video of this name, or with this path as a suffix.
    bool knows(std::string_view written) const;
    /// The split that the folders above a video name.
    std::optional<Split> split_of(size_t video) const { return folders_[folder_of_video_[video]].split; }
    /// Class names that rows use: a folder with such a name counts against rows of other classes.
    void set_classes(const std::vector<std::string>& names);

  private:
    struct Folder {
        std::vector<std::string> class_keys;  // of its path components
        std::optional<Split> split;
    };
    struct Wanted;
    using Index = std::unordered_map<std::string_view, std::vector<uint32_t>>;

    const Folder& folder(uint32_t video) const { return folders_[folder_of_video_[video]]; }
    void add_exact(const Wanted& wanted, std::string_view list_folder, std::vector<Candidate>& out) const;
    void add_by_path(const Wanted& wanted, std::vector<Candidate>& out) const;
    void add_by_id(const Wanted& wanted, std::vector<Candidate>& out) const;
    void add_respelled(const Wanted& wanted, std::vector<Candidate>& out) const;
    void judge(uint32_t video, bool full, uint32_t common, const Wanted& wanted, std::vector<Candidate>& out) const;
    const Index& loose_index() const;

    const FileTree& tree_;
    std::string root_key_;
    std::vector<std::string> keys_;    // clip_key() of each video
    std::vector<std::string> places_;  // the same with folders normalised as classes
    std::vector<uint32_t> folder_of_video_;
    std::vector<Folder> folders_;
    Index by_key_, by_stem_, by_place_, by_id_;  // whole key, name, folder and name, YouTube id
    mutable std::vector<std::string> loose_keys_;
    mutable Index by_loose_stem_;
    std::set<std::string> classes_;  // class_key()
};

/// The name that a row without a path looks for first: id_000062_000072, or the id alone.
std::string name_by_id(const ListRow& row);

}  // namespace rest::dataset
