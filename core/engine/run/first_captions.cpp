// SPDX-License-Identifier: GPL-3.0-or-later
// Line 1 of Algorithm 1.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/file_stamp.h"
#include "core/engine/inference/clip_batches.h"
#include "core/engine/run/first_captions.h"
#include "core/engine/run/messages.h"
#include "core/engine/run/shared_lists.h"

namespace rest::engine {
namespace {

constexpr int64_t kPromptedVideosOnCpu = 8;

/// What the first captions depend on besides the captioner and the machine: equal keys, equal captions. The requested
/// precision is not included: the one in use is part of the machine's key.
std::string caption_settings_key(const TrainSettings& s) {
    std::string key = fmt::format("{} {} {} {} {} {} {}", s.clips.frames, s.clips.image_size, s.generation.beams,
                                  s.generation.max_length, s.generation.min_length, s.generation.length_penalty,
                                  s.generation.train_prompt);
    for (const auto& prompt : s.generation.prompts) key += "|" + prompt;
    return key;
}

std::string captioner_setting(store::RunId run) {
    return fmt::format("run_{}_captioner", run);
}

/// An earlier run with the same first captions as this run would make.
std::optional<store::RunId> same_captions(const RestRun& run, const store::Project& project) {
    for (const auto& other : project.runs()) {
        if (other.id == run.id || other.step < 0 || project.setting(captioner_setting(other.id)) != run.captioner_key)
            continue;
        if (caption_settings_key(settings_from_json(other.settings_json)) == caption_settings_key(run.settings))
            return other.id;
    }
    return std::nullopt;
}

/// Clips of this run whose files are unchanged since the other run.
std::unordered_set<store::VideoId> same_files(const RestRun& run, const store::Project& project, store::RunId other) {
    std::unordered_map<store::VideoId, FileStamp> theirs;
    for (const auto& clip : project.run_clips(other, store::RunClipRole::train))
        theirs.emplace(clip.video, FileStamp{clip.file_bytes, clip.file_time_ns});
    std::unordered_set<store::VideoId> same;
    for (int64_t i = 0; i < run.train.size(); ++i) {
        const auto& video = run.train.video(i);
        const auto at = theirs.find(video.id);
        if (at != theirs.end() && at->second == FileStamp{video.file_bytes, video.file_time_ns}) same.insert(video.id);
    }
    return same;
}

using Captions = std::vector<store::GeneratedCaption>;

/// Takes what another run knows, and tells which clips have no caption yet.
std::vector<int64_t> clips_to_caption(const RestRun& run, store::Project& project) {
    project.set_setting(captioner_setting(run.id), run.captioner_key);
    if (const auto other = same_captions(run, project)) {
        run.context.log(LogLevel::info, fmt::format("First captions are those of run {}", *other));
        const auto same = same_files(run, project, *other);
        auto rows = project.generated(*other, 0);
        std::erase_if(rows, [&](const store::GeneratedCaption& row) { return !same.contains(row.video); });
        project.add_generated(run.id, rows);
    }
    std::unordered_set<store::VideoId> done;
    for (const auto& row : project.generated(run.id, 0)) done.insert(row.video);
    std::vector<int64_t> missing;
    for (const int64_t i : run.train.readable_clips()) {
        if (!done.contains(run.train.video(i).id)) missing.push_back(i);
    }
    return missing;
}

Captions captions_of(const RestRun& run, const CaptionMaker& maker, const ClipBatch& batch) {
    const auto& indices = batch.indices;
    const auto found = maker.of_frames(batch.views.flatten(0, 1));
    const int64_t frames = batch.views.size(1);
    Captions rows;
    for (size_t i = 0; i < indices.size(); ++i) {
        for (size_t p = 0; p < found.size(); ++p) {
            for (int64_t t = 0; t < frames; ++t) {
                const auto& made = found[p][i * frames + t];
                if (made.text.empty()) continue;
                rows.push_back({.video = run.train.video(indices[i]).id,
                                .step = 0,
                                .text = made.text,
                                .model = "blip",
                                .prompt = run.settings.generation.prompts[p],
                                .frame = static_cast<int>(t),
                                .score = made.score});
            }
        }
    }
    return rows;
}

void list_captions(RestRun& run, const store::Project& project) {
    std::unordered_map<store::VideoId, int32_t> index;
    for (int64_t i = 0; i < run.train.size(); ++i) index[run.train.video(i).id] = static_cast<int32_t>(i);
    run.captions = CaptionTable(run.train.size());
    for (const auto& row : project.generated(run.id, 0)) {
        const auto at = index.find(row.video);
        if (at != index.end()) run.captions.add(at->second, {run.texts.add(row.text), at->second});
    }
}

}  // namespace

void make_first_captions(RestRun& run) {
    const auto missing =
        run.crew.owners<std::vector<int64_t>>([&](store::Project& project) { return clips_to_caption(run, project); });
    run.context.begin("First captions", "clips", static_cast<int64_t>(missing.size()));
    // The decoder treats every frame as a video.
    const int64_t at_once = std::max(clips_at_once(run.machine, 2 * kPromptedVideosOnCpu) / 2, kPromptedVideosOnCpu);
    const CaptionMaker maker(run.captioner, run.settings.generation, run.machine, at_once * run.settings.clips.frames);
    Captions rows;
    const auto turns = run.crew.turns([&] {
        const auto all = run.crew.gathered(std::exchange(rows, {}));
        run.crew.keep([&](store::Project& project) { project.add_generated(run.id, all); });
    });
    for_each_batch(run.train, missing, {at_once, run.machine.device, turns}, run.context,
                   [&](const ClipBatch& batch) { rows = captions_of(run, maker, batch); });
    agree_on_unreadable(run);
    run.crew.keep([&](store::Project& project) { list_captions(run, project); });
    share_lists(run);
}

}  // namespace rest::engine
