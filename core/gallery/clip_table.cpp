// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/clip_table.h"

#include <algorithm>
#include <unordered_map>

#include "core/gallery/people.h"
#include "core/text/file_text.h"

namespace rest::gallery {
namespace {

bool is_class(int label, const ClipTable& table) {
    return label >= 0 && label < std::ssize(table.classes);
}

Verdict verdict_of(int label, int predicted) {
    if (label < 0) return Verdict::unlabelled;
    return label == predicted ? Verdict::right : Verdict::wrong;
}

Change change_of(const Clip& clip, int predicted_before) {
    if (clip.predicted == predicted_before) return Change::same;
    const bool was_right = verdict_of(clip.label, predicted_before) == Verdict::right;
    if (clip.verdict == Verdict::right) return Change::became_right;
    return was_right ? Change::became_wrong : Change::other_class;
}

Clip clip_of(store::PredictionRecord prediction, const store::VideoRecord& video, const ClipTable& table) {
    Clip clip;
    clip.video = prediction.video;
    clip.words = text::lower_name(prediction.caption);
    clip.caption = std::move(prediction.caption);
    clip.score = prediction.score;
    clip.split = video.split;
    clip.label = is_class(video.label, table) ? video.label : -1;
    clip.predicted = is_class(prediction.predicted, table) ? prediction.predicted : -1;
    clip.rank = prediction.rank;
    clip.verdict = verdict_of(clip.label, clip.predicted);
    clip.nearest = std::move(prediction.nearest);
    std::erase_if(clip.nearest, [&](const store::NearClass& near) { return !is_class(near.label, table); });
    if (clip.nearest.size() >= 2) {
        const float margin = clip.nearest[0].cosine - clip.nearest[1].cosine;
        if (std::isfinite(margin)) clip.margin = margin;
    }
    return clip;
}

std::vector<store::PredictionRecord> measured(const store::Project& project, const EvaluationRef& evaluation) {
    auto found = project.predictions(evaluation.run, evaluation.epoch);
    if (!found.empty()) return found;
    throw Error(ErrorCode::not_found,
                "Epoch " + std::to_string(evaluation.epoch) + " of run " + std::to_string(evaluation.run) + " of " +
                    project.folder().string() + " was not measured",
                "Evaluate it, or choose another.");
}

void compare(ClipTable& table, std::vector<store::PredictionRecord> before) {
    std::unordered_map<store::VideoId, store::PredictionRecord*> by_video;
    for (auto& p : before) by_video.emplace(p.video, &p);
    for (auto& clip : table.clips) {
        const auto found = by_video.find(clip.video);
        if (found == by_video.end()) continue;
        clip.predicted_before = is_class(found->second->predicted, table) ? found->second->predicted : -1;
        clip.caption_before = std::move(found->second->caption);
        clip.change = change_of(clip, clip.predicted_before);
    }
}

void sum_up(ClipTable& table) {
    for (const auto& clip : table.clips) {
        if (std::isnan(clip.margin)) {
            ++table.unknown_margins;
        } else {
            table.largest_margin = std::max(table.largest_margin, static_cast<double>(clip.margin));
        }
        table.judged += clip.votes.people() != People::unasked;
    }
}

}  // namespace

int ClipTable::row_of(store::VideoId video) const {
    const auto found = std::ranges::lower_bound(clips, video, {}, &Clip::video);
    return found == clips.end() || found->video != video ? -1 : static_cast<int>(found - clips.begin());
}

std::string ClipTable::class_name(int label) const {
    return is_class(label, *this) ? classes[static_cast<size_t>(label)] : std::string();
}

int Marks::index_of(store::TagId tag) const {
    const auto found = std::ranges::find(tags, tag, &store::Tag::id);
    return found == tags.end() ? -1 : static_cast<int>(found - tags.begin());
}

std::span<const store::Tagging> Marks::taggings_of(store::VideoId video) const {
    const auto found = std::ranges::equal_range(taggings, video, {}, &store::Tagging::video);
    return {found.begin(), found.end()};
}

ClipTable load_clips(const store::Project& project, std::span<const store::VideoRecord> videos,
                     const EvaluationRef& evaluation, const EvaluationRef& other) {
    ClipTable table{.evaluation = evaluation, .other = other};
    const auto run = project.run(evaluation.run);
    auto predictions = measured(project, evaluation);
    if (run) table.run = *run;
    table.classes = project.classes();
    const PeopleSaid people(project.folder());
    table.problems = people.problems();
    table.clips.reserve(predictions.size());
    for (auto& prediction : predictions) {
        const auto video = std::ranges::lower_bound(videos, prediction.video, {}, &store::VideoRecord::id);
        if (video == videos.end() || video->id != prediction.video) continue;
        table.clips.push_back(clip_of(std::move(prediction), *video, table));
        table.clips.back().votes = people.of(video->name, table.clips.back().caption);
    }
    if (other) compare(table, measured(project, other));
    sum_up(table);
    return table;
}

Marks load_marks(const store::Project& project, const ClipTable& table) {
    Marks out;
    out.tags = project.tags();
    out.marks.resize(table.clips.size());
    for (auto& tagging : project.taggings(table.evaluation.run, table.evaluation.epoch)) {
        const int row = table.row_of(tagging.video);
        const int tag = out.index_of(tagging.tag);
        if (row < 0 || tag < 0 || table.clips[static_cast<size_t>(row)].caption != tagging.caption) {
            ++out.of_other_words;
            continue;
        }
        out.marks[static_cast<size_t>(row)].tags |= uint64_t{1} << tag;
        out.taggings.push_back(std::move(tagging));
    }
    for (auto& note : project.clip_notes(table.evaluation.run, table.evaluation.epoch)) {
        const int row = table.row_of(note.video);
        if (row < 0 || table.clips[static_cast<size_t>(row)].caption != note.caption) {
            ++out.of_other_words;
            continue;
        }
        out.marks[static_cast<size_t>(row)].note = static_cast<int>(out.notes.size());
        out.notes.push_back(std::move(note));
    }
    return out;
}

}  // namespace rest::gallery
