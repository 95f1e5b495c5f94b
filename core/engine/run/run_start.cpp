// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/run_start.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

#include "core/base/file_stamp.h"
#include "core/base/json_text.h"

namespace rest::engine {
namespace {

/// Sets size and time of the records to their files' now; returns how many differ from what was imported.
int64_t take_stamps(std::vector<store::VideoRecord>& clips) {
    int64_t changed = 0;
    for (auto& clip : clips) {
        const auto stamp = file_stamp(clip.path);
        if (!stamp || *stamp == FileStamp{clip.file_bytes, clip.file_time_ns}) continue;
        ++changed;
        clip.file_bytes = stamp->bytes;
        clip.file_time_ns = stamp->time_ns;
    }
    return changed;
}

std::vector<store::RunClip> rows(const std::vector<store::VideoRecord>& clips) {
    std::vector<store::RunClip> out;
    for (const auto& clip : clips) out.push_back({clip.id, clip.label, clip.file_bytes, clip.file_time_ns});
    return out;
}

std::string setting_name(store::RunId run, const char* what) {
    return fmt::format("run_{}_{}", run, what);
}

/// Reads what keep_start() wrote; ignores anything else.
void take_classes(EvaluationClips& clips, const std::string& text) {
    const auto json = parse_json(text);
    if (!json) return;
    try {
        auto classes = json->at("classes").get<std::vector<std::string>>();
        clips.labelled = json->at("labelled").get<int64_t>();
        clips.classes = std::move(classes);
    } catch (const nlohmann::json::exception&) {
    }
}

}  // namespace

RunStart keep_start(store::Project& project, store::RunId run, const SupervisionSettings& settings, Task& task) {
    RunStart start{training_videos(project, settings, task), evaluation_clips(project, settings.test_list)};
    const int64_t changed = take_stamps(start.train) + take_stamps(start.evaluation.videos);
    if (changed > 0) {
        task.log(
            LogLevel::warning,
            fmt::format("{} clips have changed since they were imported; the run takes them as they are", changed));
    }
    const nlohmann::json classes = {{"classes", start.evaluation.classes}, {"labelled", start.evaluation.labelled}};
    project.set_setting(setting_name(run, "classes"),
                        classes.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    // Last: a run counts as started once its clips are stored.
    project.put_run_clips(run, rows(start.train), rows(start.evaluation.videos));
    return start;
}

std::optional<RunStart> recall_start(const store::Project& project, store::RunId run, const TrainSettings& settings) {
    const auto train = project.run_clips(run, store::RunClipRole::train);
    if (train.empty()) return std::nullopt;
    std::unordered_map<store::VideoId, store::VideoRecord> videos;
    for (auto& video : project.videos()) videos.emplace(video.id, std::move(video));
    const auto recall = [&](const store::RunClip& clip, bool with_label) {
        const auto at = videos.find(clip.video);
        if (at == videos.end()) {
            throw Error(ErrorCode::damaged,
                        fmt::format("Run {} has clips that {} does not know", run, project.folder().string()),
                        "Start a new run.");
        }
        auto record = at->second;
        record.label = with_label ? clip.label : -1;
        record.file_bytes = clip.file_bytes;
        record.file_time_ns = clip.file_time_ns;
        return record;
    };
    RunStart start;
    const bool by_label = settings.supervision.learn_from == LearnFrom::class_names;
    for (const auto& clip : train) start.train.push_back(recall(clip, by_label));
    for (const auto& clip : project.run_clips(run, store::RunClipRole::evaluation))
        start.evaluation.videos.push_back(recall(clip, true));
    const auto now = evaluation_clips(project, {});
    start.evaluation.classes = now.classes;
    start.evaluation.labelled = std::ssize(start.evaluation.videos);
    take_classes(start.evaluation, project.setting(setting_name(run, "classes")).value_or(""));
    start.evaluation.trained = now.trained;
    start.evaluation.trained.resize(start.evaluation.classes.size());
    return start;
}

int64_t imported_since(const store::Project& project, const RunStart& start, const SupervisionSettings& settings) {
    std::unordered_set<store::VideoId> known;
    for (const auto& clip : start.train) known.insert(clip.id);
    SilentTask task;
    try {
        const auto now = training_videos(project, settings, task);
        return std::ranges::count_if(now, [&](const auto& video) { return !known.contains(video.id); });
    } catch (const Error&) {
        return 0;  // no clips to train on now, or their list is gone
    }
}

void keep_models(store::Project& project, store::RunId run, const RunModels& models) {
    project.set_setting(setting_name(run, "starting_captioner"), to_json(models.captioner));
    project.set_setting(setting_name(run, "precision"), models.bf16 ? "bf16" : "fp32");
    project.set_setting(setting_name(run, "clip"), to_json(models.clip));
}

std::optional<RunModels> recall_models(const store::Project& project, store::RunId run) {
    const auto clip = project.setting(setting_name(run, "clip"));
    if (!clip) return std::nullopt;
    return RunModels{
        .captioner = model_identity_from_json(project.setting(setting_name(run, "starting_captioner")).value_or("")),
        .clip = model_identity_from_json(*clip),
        .bf16 = project.setting(setting_name(run, "precision")) == "bf16"};
}

}  // namespace rest::engine
