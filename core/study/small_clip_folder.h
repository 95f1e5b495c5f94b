// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/study/small_clip.h"
#include "core/study/study.h"

namespace rest::study {

/// A study's clips made small, each in a file of its own. What is there already is not made again, so a folder that is
/// kept serves every annotator's export. Several threads may make clips at a time.
class SmallClipFolder {
  public:
    /// Makes the folder. Throws Error (io).
    SmallClipFolder(const Study& study, const SmallClipSettings& settings, std::filesystem::path folder);

    /// The clip's file, there once make() found no problem.
    std::filesystem::path file(const StudyClip& clip) const;
    /// Throws as write_small_clip().
    std::optional<Problem> make(const StudyClip& clip, Task& task) const;

  private:
    const Study& study_;
    SmallClipSettings settings_;
    std::filesystem::path folder_;
};

}  // namespace rest::study
