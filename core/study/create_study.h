// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/study/known_clips.h"
#include "core/study/study.h"

namespace rest::study {

/// What a new study is made of. Only the project is needed.
struct StudySetup {
    std::string name = "study";
    std::optional<store::RunId> run;  // the newest with captions of evaluation videos without
    std::optional<int> epoch;         // the run's newest that has them without
    int64_t clips = 1000;             // all there are, when there are fewer
    StudySettings settings;           // empty instructions: default_instructions()
    std::vector<KnownClip> training;
    std::vector<KnownClip> controls;
};

/// Freezes clips and captions of an evaluated epoch as `PROJECT.rest/studies/NAME.study`. Videos with a problem are not
/// drawn. Reads the project only. Throws Error: not_found (no such run or epoch, or none was evaluated),
/// invalid_argument (a name in use, no clips, numbers that make no study).
Study create_study(const store::Project& project, const StudySetup& setup);

/// The clips that create_study() would freeze, for a preview; those for training and control are left out. `drawable`,
/// when given, is how many there are to draw from. Throws as create_study() for run and epoch.
std::vector<StudyClip> draw_study(const store::Project& project, const StudySetup& setup, int64_t* drawable = nullptr);

/// What annotators read first when the researcher wrote nothing.
std::string default_instructions();

}  // namespace rest::study
