// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/file_stamp.h"
#include "core/engine/settings/train_settings.h"
#include "core/store/project.h"

namespace rest::engine {

struct RunStart;

/// A clip that is not as it was when its run started.
struct ClipChange {
    int64_t index = 0;  // among the run's
    std::string name;
    std::optional<FileStamp> now;  // of the file; nothing: it is gone
    Problem why;

    bool gone() const { return !now; }
};

/// What has become of the clips of a run since it started.
struct ClipChanges {
    int64_t train_clips = 0, evaluation_clips = 0;  // that the run started with
    std::vector<ClipChange> train, evaluation;
    int64_t imported_since = 0;  // that the run would train on if it started now

    /// Gone ones and changed ones of both kinds, each clip counted once in each.
    int64_t gone() const;
    int64_t changed() const;
    bool empty() const { return train.empty() && evaluation.empty(); }
};

/// Looks at every file's size and time; reads none. Of a run that has not started, or was started by a program that did
/// not keep its clips, it knows nothing. Throws Error (not_found) when there is no such run.
ClipChanges clip_changes(const store::Project& project, store::RunId run);

/// The same of these clips, whose records say what they were. `imported_since` is left 0.
ClipChanges changes_of(const RunStart& start);
std::vector<ClipChange> changes_of(std::span<const store::VideoRecord> clips);

/// "of the 24 train clips 12 are gone and 1 has changed since the run started: a.mp4, b.mp4 and 11 more"; empty when
/// nothing has.
std::string words_of(const ClipChanges& changes);

/// What a resumed run does with its clips that are gone or have changed. Neither is trained or measured on, but for
/// `take_changed`.
enum class ChangedClips {
    leave_out_few,  // goes on without them when they are no more than `unreadable_share`, else ends with an error
    leave_out,      // goes on without them, however many they are
    take_changed,   // goes on without those that are gone and takes changed files as they are now
    stop,           // ends with an error that names them
};
/// By the words that users and files know them by.
const std::map<std::string, ChangedClips>& changed_clips_words();

}  // namespace rest::engine
