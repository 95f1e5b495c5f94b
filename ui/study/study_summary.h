// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <vector>

#include "core/study/study.h"

namespace rest::ui {

/// A study of the project, as shown in the list.
struct StudySummary {
    std::filesystem::path file;
    study::StudyInfo info;
    int64_t clips = 0;    // rated ones
    int64_t answers = 0;  // yes and no to them, at most k each
    int64_t people = 0;   // who answered
    QString problem;      // not empty: why the file cannot be read

    QString name() const;
    int64_t wanted() const { return clips * info.settings.answers_per_clip; }
    double share() const { return wanted() > 0 ? static_cast<double>(answers) / static_cast<double>(wanted()) : 0; }
    /// "123 of 480 answers · 3 people".
    QString progressText() const;
};

/// All studies of the project, by name; a damaged one is included with its problem.
std::vector<StudySummary> summariseStudies(const store::Project& project);

}  // namespace rest::ui
