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
    std::filesystem::path out;  // ".study" is appended if missing; must not exist
    std::string annotator;      // code of the only annotator who may rate in it; empty: whoever signs in
    int64_t most_clips = 0;     // maximum of rated clips, least-rated first; 0: all that need annotators
    SmallClipSettings clips;
    std::filesystem::path cache;  // folder that caches the small clips for the next export; empty: none
};

struct ExportResult {
    std::filesystem::path file;
    int64_t clips = 0;  // of all roles
    int64_t bytes = 0;
    std::vector<Problem> problems;  // unreadable clips: in the file they have only their caption
};

/// Writes one self-contained file for annotators who have neither project nor videos: captions, instructions and small
/// versions of the clips, but no class, CLIP-TAM, model, path, or anyone else's answers.
///
/// For a named annotator the clips are reserved in `study`, the annotator's own answers are included, and a second
/// export gives the same clips. The file appears only when complete. Throws Error (invalid_argument if there is nothing
/// to rate or the file exists), Cancelled.
ExportResult export_study(Study& study, const ExportSettings& settings, Task& task);

}  // namespace rest::study
