// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/engine/settings/train_settings.h"
#include "core/store/project.h"

namespace rest::engine {

/// A clip that has changed since its run started.
struct ClipChange {
    int64_t index = 0;  // among the run's clips
    std::string name;
    bool gone = false;  // absent; false: its file has changed
    Problem why;
};

/// How the clips of a run have changed since it started.
struct ClipChanges {
    int64_t train_clips = 0, evaluation_clips = 0;  // that the run started with
    std::vector<ClipChange> train, evaluation;
    int64_t imported_since = 0;  // clips that the run would also train on if it started now

    /// Counts of absent and of changed clips in both sets, each clip counted once.
    int64_t gone() const;
    int64_t changed() const;
    bool empty() const { return train.empty() && evaluation.empty(); }
};

/// Compares every file's size and time; opens none. Empty for a run that has not started, or was started by a version
/// that did not store its clips. Throws Error (not_found) if there is no such run.
ClipChanges clip_changes(const store::Project& project, store::RunId run);

/// The same for these clips, whose records hold the old values.
std::vector<ClipChange> changes_of(std::span<const store::VideoRecord> clips);

/// "of the 24 train clips 12 are gone and 1 has changed since the run started: a.mp4, b.mp4 and 11 more"; empty if
/// nothing has changed.
std::string words_of(const ClipChanges& changes);

/// What a resumed run does with clips that are absent or have changed. Neither are trained or measured on, except with
/// `take_changed`.
enum class ChangedClips {
    leave_out_few,  // continues without them if they are at most `unreadable_share`, else fails
    leave_out,      // continues without them, however many they are
    take_changed,   // continues without absent ones and uses changed files as they are now
    stop,           // fails with an error that names them
};
/// By the keywords used in the UI and in files.
const std::map<std::string, ChangedClips>& changed_clips_words();

}  // namespace rest::engine
