// SPDX-License-Identifier: GPL-3.0-or-later
// Lines 2-4 and 10-13 of Algorithm 1.
#include <fmt/format.h>

#include "core/engine/inference/clip_batches.h"
#include "core/engine/inference/video_features.h"
#include "core/engine/run/retrieval_step.h"
#include "core/retrieval/neighbours.h"
#include "core/store/feature_file.h"

namespace rest::engine {
namespace {

constexpr int64_t kVideosOnCpu = 16;

void store_lists(RestRun& run, int step) {
    std::vector<std::vector<store::CaptionRecord>> records(run.captions.videos());
    const auto ids = run.video_ids();
    for (int64_t i = 0; i < run.captions.videos(); ++i) {
        const auto list = run.captions.of(i);
        for (size_t rank = 0; rank < list.size(); ++rank) {
            const auto& caption = list[rank];
            store::CaptionRecord record;
            record.step = step;
            record.rank = static_cast<int>(rank);
            record.text = run.texts.text(caption.id);
            record.clip_score = caption.score;
            record.origin = caption.origin == i ? store::CaptionOrigin::generated : store::CaptionOrigin::retrieved;
            record.source_video = ids[caption.origin];
            records[i].push_back(std::move(record));
        }
    }
    run.project.put_step(run.id, step, ids, records);
    run.context.emit(CaptionsChanged{run.context.id(), run.ref(), step});
}

using UpdatedLists = std::vector<std::vector<retrieval::ScoredCaption>>;

/// Maps the members' lists to all clips of the run: those that are not or no longer readable have none.
UpdatedLists of_all_clips(const RestRun& run, UpdatedLists of_members) {
    UpdatedLists all(static_cast<size_t>(run.train.size()));
    for (size_t i = 0; i < of_members.size(); ++i) {
        const int64_t video = run.members[i];
        if (!run.train.readable(video)) continue;
        for (auto& caption : of_members[i])
            caption.source_video = static_cast<int32_t>(run.members[caption.source_video]);
        all[video] = std::move(of_members[i]);
    }
    return all;
}

}  // namespace

void find_neighbours(RestRun& run) {
    const auto features = kept_video_features(run.project.features_dir() / "videos.features", run.clip.key, run.train,
                                              clip_encoder(run.clip.model), run.machine, run.context);
    run.members = run.train.readable_clips();
    if (run.members.empty()) throw Error(ErrorCode::damaged, "None of the run's clips can be read");
    const bool all = std::ssize(run.members) == run.train.size();
    run.video_features = all ? features : features.index_select(0, torch::tensor(run.members, torch::kInt64));
    run.neighbours = retrieval::nearest_neighbours(
        run.video_features, {.h = run.settings.retrieval.neighbours, .device = run.machine.device}, run.context);
}

void make_new_captions(RestRun& run, int step, int epoch) {
    const auto clips = run.train.readable_clips();
    run.context.begin(fmt::format("New captions, step {}", step), "clips", std::ssize(clips));
    const int64_t at_once = clips_at_once(run.machine, kVideosOnCpu);
    const CaptionMaker captions(run.captioner, run.settings.generation, run.machine, at_once);
    std::vector<store::GeneratedCaption> rows;
    for_each_batch(run.train, clips, {at_once, run.machine.device}, run.context, [&](const ClipBatch& batch) {
        const auto& indices = batch.indices;
        const auto made = captions.of_clips(batch.views);
        for (size_t i = 0; i < indices.size(); ++i) {
            if (made[i].text.empty()) continue;
            run.captions.add(indices[i], {run.texts.add(made[i].text), static_cast<int32_t>(indices[i])});
            rows.push_back({.video = run.train.video(indices[i]).id,
                            .step = step,
                            .text = made[i].text,
                            .model = fmt::format("run {} epoch {}", run.id, epoch),
                            .prompt = run.settings.generation.train_prompt,
                            .frame = -1,
                            .score = made[i].score});
        }
    });
    run.project.add_generated(run.id, rows);
}

void update_lists(RestRun& run, int step) {
    run.context.log(LogLevel::info, fmt::format("Retrieval step {}: {} distinct captions", step, run.texts.size()));
    const auto& features = run.texts.features(run.clip, run.machine, run.context);
    run.captions.replace(of_all_clips(
        run, retrieval::update_captions(
                 run.captions.ids(run.members), run.neighbours, run.video_features, features, run.texts.texts(),
                 {.k = run.settings.retrieval.captions_per_video, .device = run.machine.device}, run.context)));
    store_lists(run, step);
    store::write_features(run.project.features_dir() / fmt::format("run_{}_step_{}.features", run.id, step),
                          to_matrix(features), fmt::format("{} texts {}", run.clip.key, run.texts.size()));
}

void reload_lists(RestRun& run, int step) {
    std::unordered_map<store::VideoId, int32_t> index;
    for (int64_t i = 0; i < run.train.size(); ++i) index[run.train.video(i).id] = static_cast<int32_t>(i);
    // Captions in the order in which the run added them, so that cached features keep their rows.
    for (int s = 0; s <= step; ++s) {
        for (const auto& row : run.project.generated(run.id, s)) {
            if (index.contains(row.video)) run.texts.add(row.text);
        }
    }
    run.captions = CaptionTable(run.train.size());
    for (int64_t i = 0; i < run.train.size(); ++i) {
        for (const auto& record : run.project.captions(run.id, run.train.video(i).id, step)) {
            const auto source = index.find(record.source_video);  // absent: an older run, whose clips were not stored
            run.captions.add(
                i, {run.texts.add(record.text), source == index.end() ? static_cast<int32_t>(i) : source->second,
                    static_cast<float>(record.clip_score)});
        }
    }
    const auto kept =
        store::read_features(run.project.features_dir() / fmt::format("run_{}_step_{}.features", run.id, step),
                             fmt::format("{} texts {}", run.clip.key, run.texts.size()));
    if (kept) run.texts.preload(run.texts.texts(), to_tensor(*kept));
}

}  // namespace rest::engine
