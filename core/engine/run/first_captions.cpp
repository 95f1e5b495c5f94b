// SPDX-License-Identifier: GPL-3.0-or-later
// Line 1 of Algorithm 1.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/file_stamp.h"
#include "core/engine/inference/clip_batches.h"
#include "core/engine/run/first_captions.h"

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
std::optional<store::RunId> same_captions(RestRun& run, const std::string& captioner) {
    for (const auto& other : run.project.runs()) {
        if (other.id == run.id || other.step < 0 || run.project.setting(captioner_setting(other.id)) != captioner)
            continue;
        if (caption_settings_key(settings_from_json(other.settings_json)) == caption_settings_key(run.settings))
            return other.id;
    }
    return std::nullopt;
}

/// Clips of this run whose files are unchanged since the other run.
std::unordered_set<store::VideoId> same_files(const RestRun& run, store::RunId other) {
    std::unordered_map<store::VideoId, FileStamp> theirs;
    for (const auto& clip : run.project.run_clips(other, store::RunClipRole::train))
        theirs.emplace(clip.video, FileStamp{clip.file_bytes, clip.file_time_ns});
    std::unordered_set<store::VideoId> same;
    for (int64_t i = 0; i < run.train.size(); ++i) {
        const auto& video = run.train.video(i);
        const auto at = theirs.find(video.id);
        if (at != theirs.end() && at->second == FileStamp{video.file_bytes, video.file_time_ns}) same.insert(video.id);
    }
    return same;
}

void caption_videos(RestRun& run, const CaptionMaker& captions, const ClipBatch& batch) {
    const auto& indices = batch.indices;
    const auto found = captions.of_frames(batch.views.flatten(0, 1));
    const int64_t frames = batch.views.size(1);
    std::vector<store::GeneratedCaption> rows;
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
    run.project.add_generated(run.id, rows);
}

}  // namespace

void make_first_captions(RestRun& run) {
    run.project.set_setting(captioner_setting(run.id), run.captioner_key);
    std::unordered_map<store::VideoId, int32_t> index;
    for (int64_t i = 0; i < run.train.size(); ++i) index[run.train.video(i).id] = static_cast<int32_t>(i);
    if (const auto other = same_captions(run, run.captioner_key)) {
        run.context.log(LogLevel::info, fmt::format("First captions are those of run {}", *other));
        const auto same = same_files(run, *other);
        auto rows = run.project.generated(*other, 0);
        std::erase_if(rows, [&](const store::GeneratedCaption& row) { return !same.contains(row.video); });
        run.project.add_generated(run.id, rows);
    }
    std::unordered_set<store::VideoId> done;
    for (const auto& row : run.project.generated(run.id, 0)) done.insert(row.video);
    std::vector<int64_t> missing;
    for (const int64_t i : run.train.readable_clips()) {
        if (!done.contains(run.train.video(i).id)) missing.push_back(i);
    }
    run.context.begin("First captions", "clips", static_cast<int64_t>(missing.size()));
    // The decoder treats every frame as a video.
    const int64_t at_once = std::max(clips_at_once(run.machine, 2 * kPromptedVideosOnCpu) / 2, kPromptedVideosOnCpu);
    const CaptionMaker captions(run.captioner, run.settings.generation, run.machine,
                                at_once * run.settings.clips.frames);
    for_each_batch(run.train, missing, {at_once, run.machine.device}, run.context,
                   [&](const ClipBatch& batch) { caption_videos(run, captions, batch); });
    run.captions = CaptionTable(run.train.size());
    for (const auto& row : run.project.generated(run.id, 0)) {
        const auto at = index.find(row.video);
        if (at != index.end()) run.captions.add(at->second, {run.texts.add(row.text), at->second});
    }
}

}  // namespace rest::engine
