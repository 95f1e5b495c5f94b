// SPDX-License-Identifier: GPL-3.0-or-later
// Lines 2-4 and 10-13 of Algorithm 1.
#include <fmt/format.h>

#include "core/engine/inference/clip_batches.h"
#include "core/engine/inference/video_features.h"
#include "core/engine/run/messages.h"
#include "core/engine/run/retrieval_step.h"
#include "core/engine/run/shared_lists.h"
#include "core/retrieval/neighbours.h"
#include "core/store/feature_file.h"

namespace rest::engine {
namespace {

constexpr int64_t kVideosOnCpu = 16;

void store_lists(const RestRun& run, store::Project& project, int step) {
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
    project.put_step(run.id, step, ids, records);
    run.context.emit(CaptionsChanged{run.context.id(), project.ref(run.id), step});
}

KeptFeatures kept_features(const RestRun& run, const store::Project& project) {
    return {project.features_dir() / "videos.features", run.clip.key, run.train};
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

/// (N, d), zeros where a clip cannot be read: those that are kept, and of the others each process its share.
torch::Tensor video_features(RestRun& run) {
    torch::Tensor kept;
    run.crew.keep([&](store::Project& project) { kept = kept_features(run, project).read(); });
    const auto known = run.crew.owners_tensor(kept);
    const auto missing = clips_without_feature(run.train, known);
    if (missing.empty()) return known;
    torch::Tensor made = torch::zeros({run.train.size(), known.size(1)});
    encode_clips(run.train, missing, clip_encoder(run.clip.model), run.machine, run.crew.turns({}), run.context, made);
    agree_on_unreadable(run);
    const int64_t width = run.crew.largest(made.size(1));
    if (made.size(1) < width) made = torch::zeros({run.train.size(), width});
    run.crew.add_up(made);
    const auto all = known.size(1) == 0 ? made : known + made;
    run.crew.keep([&](store::Project& project) { kept_features(run, project).write(all); });
    return all;
}

std::filesystem::path text_features_file(const store::Project& project, store::RunId run, int step) {
    return project.features_dir() / fmt::format("run_{}_step_{}.features", run, step);
}

std::string text_features_key(const RestRun& run) {
    return fmt::format("{} texts {}", run.clip.key, run.texts.size());
}

/// Of all texts, each process encodes its part.
const torch::Tensor& text_features(RestRun& run) {
    return run.texts.features([&](const std::vector<std::string>& texts) {
        auto rows = encode_texts(run.clip, texts, run.machine, run.context, run.crew.part());
        run.crew.add_up(rows);
        return rows;
    });
}

/// A caption by the model as it is.
struct NewCaption {
    int64_t clip = 0;
    std::string text;
    double score = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(NewCaption, clip, text, score)

void read_lists(RestRun& run, const store::Project& project, int step) {
    std::unordered_map<store::VideoId, int32_t> index;
    for (int64_t i = 0; i < run.train.size(); ++i) index[run.train.video(i).id] = static_cast<int32_t>(i);
    // Captions in the order in which the run added them, so that cached features keep their rows.
    for (int s = 0; s <= step; ++s) {
        for (const auto& row : project.generated(run.id, s)) {
            if (index.contains(row.video)) run.texts.add(row.text);
        }
    }
    run.captions = CaptionTable(run.train.size());
    for (int64_t i = 0; i < run.train.size(); ++i) {
        for (const auto& record : project.captions(run.id, run.train.video(i).id, step)) {
            const auto source = index.find(record.source_video);  // absent: an older run, whose clips were not stored
            run.captions.add(
                i, {run.texts.add(record.text), source == index.end() ? static_cast<int32_t>(i) : source->second,
                    static_cast<float>(record.clip_score)});
        }
    }
    const auto kept = store::read_features(text_features_file(project, run.id, step), text_features_key(run));
    if (kept) run.texts.preload(run.texts.texts(), to_tensor(*kept));
}

}  // namespace

void find_neighbours(RestRun& run) {
    const auto features = video_features(run);
    run.members = run.train.readable_clips();
    if (run.members.empty()) throw Error(ErrorCode::damaged, "None of the run's clips can be read");
    const bool all = std::ssize(run.members) == run.train.size();
    run.video_features = all ? features : features.index_select(0, torch::tensor(run.members, torch::kInt64));
    const auto share = run.crew.share(std::ssize(run.members));
    run.neighbours = retrieval::nearest_neighbours(run.video_features,
                                                   {.h = run.settings.retrieval.neighbours,
                                                    .of = retrieval::VideoRange{share.begin, share.end},
                                                    .device = run.machine.device},
                                                   run.context);
}

void make_new_captions(RestRun& run, int step, int epoch) {
    const auto clips = run.train.readable_clips();
    run.context.begin(fmt::format("New captions, step {}", step), "clips", std::ssize(clips));
    const int64_t at_once = clips_at_once(run.machine, kVideosOnCpu);
    const CaptionMaker maker(run.captioner, run.settings.generation, run.machine, at_once);
    std::vector<NewCaption> made;
    std::vector<store::GeneratedCaption> rows;
    const auto turns = run.crew.turns([&] {
        for (const auto& caption : run.crew.gathered(std::exchange(made, {}))) {
            run.captions.add(caption.clip, {run.texts.add(caption.text), static_cast<int32_t>(caption.clip)});
            rows.push_back({.video = run.train.video(caption.clip).id,
                            .step = step,
                            .text = caption.text,
                            .model = fmt::format("run {} epoch {}", run.id, epoch),
                            .prompt = run.settings.generation.train_prompt,
                            .frame = -1,
                            .score = caption.score});
        }
    });
    for_each_batch(run.train, clips, {at_once, run.machine.device, turns}, run.context, [&](const ClipBatch& batch) {
        const auto found = maker.of_clips(batch.views);
        for (size_t i = 0; i < batch.indices.size(); ++i) {
            if (!found[i].text.empty()) made.push_back({batch.indices[i], found[i].text, found[i].score});
        }
    });
    agree_on_unreadable(run);
    run.crew.keep([&](store::Project& project) { project.add_generated(run.id, rows); });
}

void update_lists(RestRun& run, int step) {
    run.context.log(LogLevel::info, fmt::format("Retrieval step {}: {} distinct captions", step, run.texts.size()));
    const auto& features = text_features(run);
    run.captions.replace(of_all_clips(
        run, run.crew.gathered(retrieval::update_captions(run.captions.ids(run.members), run.neighbours,
                                                          run.video_features, features, run.texts.texts(),
                                                          {.k = run.settings.retrieval.captions_per_video,
                                                           .first = run.crew.share(std::ssize(run.members)).begin,
                                                           .device = run.machine.device},
                                                          run.context))));
    run.crew.keep([&](store::Project& project) {
        store_lists(run, project, step);
        store::write_features(text_features_file(project, run.id, step), to_matrix(features), text_features_key(run));
    });
}

void reload_lists(RestRun& run, int step) {
    run.crew.keep([&](store::Project& project) { read_lists(run, project, step); });
    share_lists(run);
}

}  // namespace rest::engine
