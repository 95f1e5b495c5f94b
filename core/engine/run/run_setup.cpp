// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/run_setup.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/strings.h"

namespace rest::engine {
namespace {

std::string new_run_remedy(const store::Project& project, store::RunId run, const std::string& project_name) {
    const auto checkpoints = RunFiles(project.checkpoints_dir(run), 1).checkpoints();
    const auto train = "rest train " + shell_word(project_name);
    if (checkpoints.empty()) return fmt::format("Leave that out, or start a new run with it: {} --set ...", train);
    return fmt::format(
        "Leave that out, or start a new run with it, from this one's weights if you like: {} --set start_from={} --set "
        "...",
        train, shell_word(checkpoints.front().second.string()));
}

bool takes(const ClipChange& change, ChangedClips choice) {
    return choice == ChangedClips::take_changed && !change.gone;
}

/// Changed clips that are accepted get their files' current size and time, so that no feature of the old file is used.
void take_changed(std::vector<ClipChange>& changes, std::vector<store::VideoRecord>& clips, ChangedClips choice) {
    for (const auto& change : changes) {
        if (!takes(change, choice)) continue;
        const auto stamp = file_stamp(change.why.file).value_or(FileStamp());
        clips[change.index].file_bytes = stamp.bytes;
        clips[change.index].file_time_ns = stamp.time_ns;
    }
    std::erase_if(changes, [&](const ClipChange& change) { return takes(change, choice); });
}

bool too_many(int64_t lost, int64_t clips, double share) {
    return static_cast<double>(lost) > share * static_cast<double>(clips);
}

void refuse_changes(const ClipChanges& changes, const TrainSettings& settings, const TrainParams& params) {
    if (changes.empty()) return;
    const double share = settings.supervision.unreadable_share;
    const bool many = too_many(std::ssize(changes.train), changes.train_clips, share) ||
                      too_many(std::ssize(changes.evaluation), changes.evaluation_clips, share);
    const bool stop = params.changed_clips == ChangedClips::stop;
    if (!stop && (params.changed_clips == ChangedClips::leave_out || !many)) return;
    const auto words = words_of(changes);
    const auto allowed = stop ? "" : fmt::format(". That is more than unreadable_share = {} allows", share);
    if (!params.resume) {
        throw Error(ErrorCode::not_found, "Before training: " + words + allowed,
                    "Put the files back, or import the folder again so that the project knows what is there, or allow "
                    "more with unreadable_share.");
    }
    throw Error(ErrorCode::not_found, "Before training: " + words + allowed,
                fmt::format("Put the files back, or go on without these clips: rest train {} --resume --changed-clips "
                            "leave-out (or take-changed, which takes changed files as they are now).",
                            shell_word(params.project.string())));
}

void tell_changes(const ClipChanges& all, store::RunId run, ChangedClips choice, Task& task) {
    if (all.imported_since > 0) {
        task.log(LogLevel::info,
                 fmt::format("Imported since run {} started: {} train clips. They are no part of it; it keeps its {}",
                             run, all.imported_since, all.train_clips));
    }
    if (all.empty()) return;
    task.log(LogLevel::warning,
             "Before training: " + words_of(all) +
                 (choice == ChangedClips::take_changed && all.changed() > 0
                      ? ". Changed files are taken as they are now, and clips that are gone are left out"
                      : ". They are left out"));
}

}  // namespace

TrainSettings settings_of_run(const store::Project& project, store::RunId run, const TrainParams& params, Task& task) {
    const auto own = settings_from_json(project.trained_run(run).settings_json);
    if (!params.resume) return own;
    const auto settings = resumed_settings(own, params.asked, new_run_remedy(project, run, params.project.string()));
    for (const auto& info : setting_infos()) {
        const auto before = setting_text(own, info.name), now = setting_text(settings, info.name);
        if (before == now) continue;
        task.log(LogLevel::info, fmt::format("{} = {} from here on; the run started with {}", info.name, now, before));
    }
    return settings;
}

RunClips clips_of_run(store::Project& project, store::RunId run, const TrainSettings& settings,
                      const TrainParams& params, Task& task) {
    auto recalled = recall_start(project, run, settings);
    if (!recalled && project.trained_run(run).step >= 0) {
        task.log(LogLevel::warning,
                 fmt::format("Run {} is from a program that did not keep a run's clips: it goes on with those that the "
                             "project has now",
                             run));
    }
    RunClips out{recalled ? *std::move(recalled) : keep_start(project, run, settings.supervision, task), {}};
    out.changes.train_clips = std::ssize(out.start.train);
    out.changes.evaluation_clips = std::ssize(out.start.evaluation.videos);
    out.changes.train = changes_of(out.start.train);
    out.changes.evaluation = changes_of(out.start.evaluation.videos);
    out.changes.imported_since = imported_since(project, out.start, settings.supervision);
    const auto all = out.changes;
    take_changed(out.changes.train, out.start.train, params.changed_clips);
    take_changed(out.changes.evaluation, out.start.evaluation.videos, params.changed_clips);
    refuse_changes(params.changed_clips == ChangedClips::stop ? all : out.changes, settings, params);
    tell_changes(all, run, params.changed_clips, task);
    return out;
}

RunModels models_of_run(store::Project& project, store::RunId run, const TrainSettings& settings, bool checkpoint,
                        Machine& machine, Task& task) {
    const auto models = project.models();
    const auto kept = recall_models(project, run);
    const auto known = kept.value_or(RunModels());
    RunModels now{.clip = identify_model(clip_folder(models), known.clip), .bf16 = machine.bf16};
    // A checkpoint contains the captioner's weights: what the run started from may be gone by then.
    now.captioner = checkpoint ? known.captioner
                               : identify_model(starting_captioner(models, settings.supervision), known.captioner);
    if (!kept) {
        keep_models(project, run, now);
        return now;
    }
    const auto refuse = [&](const char* what, const ModelIdentity& then, const ModelIdentity& found) {
        if (then.files.empty() || then.same_model(found)) return;
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("Run {} started with the {} {}, and now that is {}", run, what, then.description(),
                                found.description()),
                    "Put the first one back, or start a new run.");
    };
    refuse("CLIP", kept->clip, now.clip);
    refuse("captioner", kept->captioner, now.captioner);
    if (kept->bf16 == machine.bf16) return now;
    machine.bf16 = machine.bf16 && kept->bf16;
    task.log(LogLevel::warning, machine.bf16 == kept->bf16
                                    ? "The run started in fp32 and goes on so"
                                    : "The run started in bf16; this device goes on in fp32, which is finer");
    return now;
}

}  // namespace rest::engine
