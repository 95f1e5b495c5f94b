// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/dataset/dataset.h"

namespace rest::test {

/// A temporary folder of made-up files.
class MadeFolder {
  public:
    std::filesystem::path root() const { return dir_.path().toStdString(); }

    std::filesystem::path file(const std::string& path, const std::string& content = "x") const {
        const auto full = root() / path;
        std::filesystem::create_directories(full.parent_path());
        std::ofstream(full, std::ios::binary) << content;
        return full;
    }

    dataset::DatasetListing scan(dataset::Layout layout = dataset::Layout::automatic) const {
        return scan(root(), layout);
    }
    static dataset::DatasetListing scan(const std::filesystem::path& path,
                                        dataset::Layout layout = dataset::Layout::automatic) {
        SilentTask task;
        return dataset::scan_dataset(path, {layout}, task);
    }

  private:
    QTemporaryDir dir_;
};

/// "train rowing", "test -", or "absent".
inline std::string told(const dataset::DatasetListing& listing, const std::string& name) {
    const auto at =
        std::find_if(listing.clips.begin(), listing.clips.end(), [&](const auto& c) { return c.name == name; });
    if (at == listing.clips.end()) return "absent";
    const std::string label = at->label < 0 ? "-" : listing.classes.at(static_cast<size_t>(at->label));
    return std::string(dataset::to_string(at->split)) + " " + label;
}

inline bool has_problem(const dataset::DatasetListing& listing, const std::string& file_part, ErrorCode code) {
    return std::any_of(listing.problems.begin(), listing.problems.end(), [&](const auto& problem) {
        return problem.code == code && problem.file.find(file_part) != std::string::npos && !problem.message.empty();
    });
}

inline bool any_note(const dataset::DatasetListing& listing, const std::string& part) {
    return std::any_of(listing.notes.begin(), listing.notes.end(),
                       [&](const auto& note) { return note.find(part) != std::string::npos; });
}

/// JSON written with ' for ".
inline std::string json(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

}  // namespace rest::test
