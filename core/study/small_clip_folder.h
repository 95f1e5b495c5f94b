// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/study/small_clip.h"
#include "core/study/study.h"

namespace rest::study {

/// Small versions of a study's clips, each in its own file. Existing ones are reused, so a folder that is kept serves
/// every annotator's export. Several threads may make clips in parallel.
class SmallClipFolder {
  public:
    /// Creates the folder. Throws Error (io).
    SmallClipFolder(const Study& study, const SmallClipSettings& settings, std::filesystem::path folder);

    /// The clip's file, which exists once make() has reported no problem.
    std::filesystem::path file(const StudyClip& clip) const;
    /// Throws as write_small_clip().
    std::optional<Problem> make(const StudyClip& clip, Task& task) const;

  private:
    const Study& study_;
    SmallClipSettings settings_;
    std::filesystem::path folder_;
};

}  // namespace rest::study
