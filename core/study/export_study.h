// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/task.h"
#include "core/study/small_clip.h"
#include "core/study/study.h"

namespace rest::study {

struct ExportSettings {
    std::filesystem::path out;  // gets ".study" if it lacks it; must not be there
    std::string annotator;      // code of the only one who may rate in it; empty: whoever signs in
    int64_t most_clips = 0;     // rated clips at most, least-rated first; 0: all that want people
    SmallClipSettings clips;
    std::filesystem::path cache;  // folder that keeps the small clips for the next export; empty: none
};

struct ExportResult {
    std::filesystem::path file;
    int64_t clips = 0;  // of all roles
    int64_t bytes = 0;
    std::vector<Problem> problems;  // clips that cannot be read: they are in the file with their caption only
};

/// Writes one self-contained file for annotators who have neither project nor videos: captions, instructions and the
/// clips, made small, but no class, CLIP-TAM, model, path, or anyone else's answers.
///
/// For a named annotator the clips are set aside in `study`, the annotator's own answers go along, and a second export
/// gives the same clips. The file appears when it is whole. Throws Error (invalid_argument when there is nothing to
/// rate or a file is there), Cancelled.
ExportResult export_study(Study& study, const ExportSettings& settings, Task& task);

}  // namespace rest::study
