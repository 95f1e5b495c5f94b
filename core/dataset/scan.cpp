// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/dataset/dataset.h"
#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"

namespace rest::dataset {
namespace {

namespace fs = std::filesystem;

DatasetListing read_layout(Layout layout, const DatasetSource& source, Task& task) {
    switch (layout) {
        case Layout::kinetics:
            return read_kinetics(source, task);
        case Layout::ucf101:
            return read_ucf101(source, task);
        case Layout::hmdb51:
            return read_hmdb51(source, task);
        case Layout::mmaction2:
            return read_mmaction2(source, task);
        case Layout::flat:
            return read_flat(source, task);
        case Layout::automatic:
            return read_lists(source, task);
    }
    return read_lists(source, task);
}

DatasetListing read_source(const DatasetSource& source, const ScanSettings& settings, Task& task) {
    return read_layout(settings.layout == Layout::automatic ? detect_layout(source) : settings.layout, source, task);
}

DatasetListing scan_folder(const fs::path& folder, const ScanSettings& settings, Task& task) {
    const FileTree tree = walk_tree(folder, task);
    if (tree.videos.empty()) {
        throw Error(ErrorCode::unsupported,
                    "There are no video files (.mp4, .avi, .mkv, .webm, ...) under " + folder.string() + "; " +
                        std::to_string(tree.other_files) + " other files and " + std::to_string(tree.problems.size()) +
                        " problems were met",
                    tree.problems.empty() ? "Choose the folder that holds the videos."
                                          : tree.problems.front().file + ": " + tree.problems.front().message);
    }
    return read_source({tree, {}, settings.folders}, settings, task);
}

/// A list's videos are beside it or, if the lists have a folder of their own, beside that folder.
DatasetListing scan_list(const fs::path& list, const ScanSettings& settings, Task& task) {
    if (is_video_file(list)) {
        throw Error(ErrorCode::unsupported, list.string() + " is a video, not a list of videos",
                    "Give the folder it lies in.");
    }
    FileTree tree = walk_tree(list.parent_path(), task);
    const fs::path above = list.parent_path().parent_path();
    if (tree.videos.empty() && above != above.root_path()) tree = walk_tree(above, task);
    return read_source({tree, list.lexically_relative(tree.root).generic_string(), settings.folders}, settings, task);
}

}  // namespace

DatasetListing scan_dataset(const fs::path& folder_or_list, const ScanSettings& settings, Task& task) {
    fs::path path = fs::absolute(folder_or_list).lexically_normal();
    if (!path.has_filename() && path.has_relative_path()) path = path.parent_path();
    std::error_code error;
    const auto status = fs::status(path, error);
    if (fs::is_directory(status)) return scan_folder(path, settings, task);
    if (fs::is_regular_file(status)) return scan_list(path, settings, task);
    throw Error(ErrorCode::not_found, "There is no folder or list " + path.string(), "Check the path.");
}

}  // namespace rest::dataset
