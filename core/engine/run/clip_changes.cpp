// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/clip_changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/strings.h"
#include "core/engine/inference/run_clips.h"
#include "core/engine/run/run_start.h"

namespace rest::engine {
namespace {

constexpr size_t kClipsNamed = 8;

int64_t count(const ClipChanges& changes, bool gone) {
    const auto of = [&](const std::vector<ClipChange>& clips) {
        return std::ranges::count(clips, gone, &ClipChange::gone);
    };
    return of(changes.train) + of(changes.evaluation);
}

ClipChange change(int64_t index, const store::VideoRecord& clip, std::optional<FileStamp> now, std::string why) {
    return {
        .index = index,
        .name = clip.name,
        .now = now,
        .why = {.code = now ? ErrorCode::damaged : ErrorCode::not_found, .file = clip.path, .message = std::move(why)}};
}

}  // namespace

int64_t ClipChanges::gone() const {
    return count(*this, true);
}

int64_t ClipChanges::changed() const {
    return count(*this, false);
}

std::vector<ClipChange> changes_of(std::span<const store::VideoRecord> clips) {
    std::vector<ClipChange> out;
    for (int64_t i = 0; i < std::ssize(clips); ++i) {
        const auto& clip = clips[i];
        const auto stamp = file_stamp(clip.path);
        if (!stamp) {
            out.push_back(change(i, clip, {}, "There is no file " + clip.path + " any more."));
        } else if (stamp->bytes != clip.file_bytes) {
            out.push_back(
                change(i, clip, stamp,
                       fmt::format("{} had {} bytes and has {} now.", clip.path, clip.file_bytes, stamp->bytes)));
        } else if (stamp->time_ns != clip.file_time_ns) {
            out.push_back(change(i, clip, stamp, clip.path + " was written again since."));
        }
    }
    return out;
}

ClipChanges changes_of(const RunStart& start) {
    return {.train_clips = std::ssize(start.train),
            .evaluation_clips = std::ssize(start.evaluation.videos),
            .train = changes_of(start.train),
            .evaluation = changes_of(start.evaluation.videos)};
}

std::string words_of(const ClipChanges& changes) {
    std::string out;
    std::vector<std::string> names;
    const auto add = [&](const std::vector<ClipChange>& clips, int64_t of, const char* what) {
        if (clips.empty()) return;
        const auto gone = std::ranges::count(clips, true, &ClipChange::gone), changed = std::ssize(clips) - gone;
        if (!out.empty()) out += ", ";
        out += fmt::format("of the {} {} clips ", of, what);
        if (gone > 0) out += fmt::format("{} {} missing", gone, gone == 1 ? "is" : "are");
        if (gone > 0 && changed > 0) out += " and ";
        if (changed > 0) out += fmt::format("{} {} changed", changed, changed == 1 ? "has" : "have");
        for (const auto& clip : clips) names.push_back(clip.name);
    };
    add(changes.train, changes.train_clips, "train");
    add(changes.evaluation, changes.evaluation_clips, "evaluation");
    return out.empty() ? out : out + " since the run started: " + some_of(names, kClipsNamed);
}

const std::map<std::string, ChangedClips>& changed_clips_words() {
    static const std::map<std::string, ChangedClips> words = {{"leave-out-few", ChangedClips::leave_out_few},
                                                              {"leave-out", ChangedClips::leave_out},
                                                              {"take-changed", ChangedClips::take_changed},
                                                              {"stop", ChangedClips::stop}};
    return words;
}

ClipChanges clip_changes(const store::Project& project, store::RunId run) {
    const auto record = project.run(run);
    if (!record) throw Error(ErrorCode::not_found, fmt::format("The project has no run {}", run));
    const auto settings = settings_from_json(record->settings_json);
    const auto start = recall_start(project, run, settings);
    if (!start) return {};
    auto out = changes_of(*start);
    out.imported_since = imported_since(project, *start, settings.supervision);
    return out;
}

}  // namespace rest::engine
