// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/folder_reading.h"

#include <array>
#include <set>

#include "core/base/strings.h"
#include "core/dataset/path_text.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

/// A summary of the folders of all videos.
struct Folders {
    std::set<Split> splits;
    std::set<std::string> split_folders;  // those named like a split, with the path above them
    std::set<std::string> others;         // folders of clips in no split
    bool classes_below = false;           // a split has folders of its own
    int64_t in_splits = 0, elsewhere = 0;
};

std::string split_folder_of(const std::string& path) {
    std::string above;
    for (const auto& name : split(folder_of(path), '/')) {
        above += (above.empty() ? "" : "/") + name;
        if (split_of_folder(name)) return above;
    }
    return {};
}

Folders look(const FileTree& tree) {
    Folders folders;
    for (const auto& video : tree.videos) {
        const auto place = place_of(video.path);
        if (!place.split) {
            ++folders.elsewhere;
            folders.others.emplace(folder_of(video.path));
            continue;
        }
        ++folders.in_splits;
        folders.splits.insert(*place.split);
        folders.classes_below = folders.classes_below || !place.label.empty();
        folders.split_folders.insert(split_folder_of(video.path));
    }
    return folders;
}

/// Class folders one of which happens to be called "train": clips directly in each, all of them siblings.
bool look_like_classes(const Folders& folders) {
    if (folders.split_folders.size() != 1 || folders.classes_below || folders.others.empty()) return false;
    const auto above = folder_of(*folders.split_folders.begin());
    for (const auto& other : folders.others) {
        if (other.empty() || folder_of(other) != above) return false;
    }
    return true;
}

std::string question_of(const Folders& folders, FolderNames read_as) {
    const std::string name(file_name(*folders.split_folders.begin()));
    std::string names = "\"" + name + "\"";
    if (folders.split_folders.size() > 1)
        names = "Folders such as " + names;
    else
        names = "The folder " + names;
    if (read_as == FolderNames::classes) {
        return names + " may be a split; it is read as a class, as otherwise " + std::to_string(folders.elsewhere) +
               " videos beside it would be left behind";
    }
    return names + " may be a class; it is read as a split, and " + std::to_string(folders.elsewhere) +
           " videos in no such folder are left behind unless a list names them";
}

}  // namespace

FolderReading read_folders(const FileTree& tree, FolderNames wanted) {
    const Folders folders = look(tree);
    FolderReading reading;
    reading.any_split = !folders.splits.empty();
    if (wanted != FolderNames::automatic) {
        reading.names = wanted;
        return reading;
    }
    if (!reading.any_split || folders.elsewhere == 0) return reading;
    if (look_like_classes(folders)) reading.names = FolderNames::classes;
    reading.question = question_of(folders, reading.names);
    return reading;
}

FolderPlace place_in(const FolderReading& reading, const std::string& path) {
    const auto place = place_of(path);
    if (reading.names == FolderNames::splits || !place.split) return {place.split, place.label};
    return {std::nullopt, std::string(own_folder(path))};
}

}  // namespace rest::dataset
