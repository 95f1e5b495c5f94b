// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/store/project.h"

namespace rest::interchange {

/// What exporters write from: a run and the names its numbers stand for.
struct RunSource {
    store::Project project;
    store::RunRecord run;
    std::vector<std::string> classes;
    std::vector<store::VideoRecord> videos;            // all of the project's, ordered by id
    std::unordered_map<store::VideoId, size_t> place;  // in `videos`

    /// The video's class in words, empty when unknown.
    std::string class_of(const store::VideoRecord& video) const { return class_name(video.label); }
    std::string class_name(int label) const;
    /// Null for a video that the project does not know any more.
    const store::VideoRecord* video(store::VideoId id) const;
    /// "NAME, run 3, step 2": where what is written comes from.
    std::string title() const;
};

/// Throws Error (not_found) when there is no such run, or none at all.
RunSource open_run(const std::filesystem::path& project, std::optional<store::RunId> run);

/// Predictions of one measured epoch.
struct MeasuredEpoch {
    int epoch = 0;
    std::vector<store::PredictionRecord> predictions;
};
/// Of the epoch asked for, else the last. Throws Error (not_found) that names the measured epochs.
MeasuredEpoch measured_epoch(const RunSource& source, std::optional<int> epoch);
/// The same, but nothing in place of an error when no epoch was asked for and none was measured.
std::optional<MeasuredEpoch> any_measured_epoch(const RunSource& source, std::optional<int> epoch);

}  // namespace rest::interchange
