// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/study/known_clips.h"
#include "core/study/study.h"

namespace rest::study {

/// Parameters of a new study. Only the project is required.
struct StudySetup {
    std::string name = "study";
    std::optional<store::RunId> run;  // default: the newest with captions of evaluation videos
    std::optional<int> epoch;         // default: the run's newest with such captions
    int64_t clips = 1000;             // all of them if there are fewer
    StudySettings settings;           // empty instructions: default_instructions()
    std::vector<KnownClip> training;
    std::vector<KnownClip> controls;
};

/// Freezes clips and captions of an evaluated epoch as `PROJECT.rest/studies/NAME.study`. Videos with a problem are not
/// drawn. Only reads the project. Throws Error: not_found (no such run or epoch, or none was evaluated),
/// invalid_argument (a name in use, no clips, invalid numbers).
Study create_study(const store::Project& project, const StudySetup& setup);

/// The clips that create_study() would freeze, for a preview, without those for training and control. `drawable`, if
/// given, is set to the number of clips to draw from. Throws as create_study() for run and epoch.
std::vector<StudyClip> draw_study(const store::Project& project, const StudySetup& setup, int64_t* drawable = nullptr);

/// The default instructions for annotators.
std::string default_instructions();

}  // namespace rest::study
