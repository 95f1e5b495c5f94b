// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/evaluation_step.h"
#include "core/tensor/unit_length.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "core/engine/inference/clip_batches.h"
#include "core/engine/inference/video_features.h"

namespace rest::engine {
namespace {

constexpr int64_t kVideosOnCpu = 16;

}  // namespace

std::string in_template(const std::string& text, const std::string& name) {
    std::string out = text;
    const auto at = out.find("{}");
    return at == std::string::npos ? out : out.replace(at, 2, name);
}

Matrix class_features(const ClipNetwork& clip, std::span<const std::string> classes,
                      std::span<const std::string> templates, const Machine& machine, Task& task) {
    torch::Tensor sum;
    for (const auto& text : templates) {
        std::vector<std::string> names;
        for (const auto& name : classes) names.push_back(in_template(text, name));
        const auto features = encode_texts(clip, names, machine, task);
        sum = sum.defined() ? sum + features : features;
    }
    return to_matrix(tensor::unit_length(sum));
}

std::vector<store::NearClass> near_classes(const evaluation::ClipTam& tam, size_t i) {
    std::vector<store::NearClass> out;
    for (const auto& near : tam.nearest[i]) out.push_back({near.label, near.cosine});
    return out;
}

CaptionedClips caption_clips(const Captioner& captioner, const ClipStore& clips, std::span<const int64_t> indices,
                             const GenerationSettings& settings, const Machine& machine, Task& task) {
    CaptionedClips out;
    const auto started = std::chrono::steady_clock::now();
    const int64_t at_once = clips_at_once(machine, kVideosOnCpu);
    const CaptionMaker captions(captioner, settings, machine, at_once);
    task.begin("CLIP-TAM", "clips", std::ssize(indices));
    for_each_batch(clips, indices, {at_once, machine.device}, task, [&](const ClipBatch& batch) {
        const auto made = captions.of_clips(batch.views);
        for (size_t i = 0; i < batch.indices.size(); ++i) {
            const int64_t index = batch.indices[i];
            out.captions.push_back({.video = clips.video(index).id, .caption = made[i].text, .score = made[i].score});
        }
    });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
    if (!out.captions.empty()) out.clips_per_second = static_cast<double>(out.captions.size()) / seconds.count();
    return out;
}

Evaluation score_captions(const ClipNetwork& clip, std::vector<store::PredictionRecord> predictions,
                          const EvaluationClips& on, std::span<const std::string> templates, const Machine& machine,
                          Task& task) {
    std::unordered_map<store::VideoId, int> labels;
    for (const auto& video : on.videos) labels.emplace(video.id, video.label);
    std::erase_if(predictions, [&](const store::PredictionRecord& p) { return !labels.contains(p.video); });
    Evaluation out;
    out.predictions = std::move(predictions);
    if (out.predictions.empty()) return out;
    std::vector<std::string> captions;
    for (const auto& p : out.predictions) {
        captions.push_back(p.caption);
        out.labels.push_back(labels.at(p.video));
    }
    out.tam = evaluation::clip_tam(to_matrix(encode_texts(clip, captions, machine, task)),
                                   class_features(clip, on.classes, templates, machine, task), out.labels);
    for (size_t i = 0; i < out.predictions.size(); ++i) {
        out.predictions[i].predicted = out.tam.predicted[i];
        out.predictions[i].rank = out.tam.rank[i];
        out.predictions[i].nearest = near_classes(out.tam, i);
    }
    return out;
}

Evaluation evaluate_captioner(const Captioner& captioner, const ClipNetwork& clip, const ClipStore& clips,
                              const EvaluationClips& on, const TrainSettings& settings, const Machine& machine,
                              Task& task) {
    auto made = caption_clips(captioner, clips, clips.readable_clips(), settings.generation, machine, task);
    auto out = score_captions(clip, std::move(made.captions), on, settings.measurement.class_templates, machine, task);
    out.clips_per_second = made.clips_per_second;
    return out;
}

ClipStoreSettings clip_store_settings(const std::filesystem::path& frames, const TrainSettings& settings, int64_t view,
                                      Task& task) {
    ClipStoreSettings out;
    out.cache.folder = frames;
    out.cache.samples = static_cast<int>(settings.clips.frames);
    out.view = view;
    out.unreadable_share = settings.supervision.unreadable_share;
    out.check = [&task] { task.check(); };
    return out;
}

}  // namespace rest::engine
