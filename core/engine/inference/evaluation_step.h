// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/engine/inference/caption_maker.h"
#include "core/engine/inference/clip_store.h"
#include "core/engine/inference/run_clips.h"
#include "core/evaluation/tam/clip_tam.h"

namespace rest::engine {

/// Labelled videos, their captions, and CLIP-TAM.
struct Evaluation {
    evaluation::ClipTam tam;
    std::vector<int> labels;  // of the predictions' videos
    std::vector<store::PredictionRecord> predictions;
    double clips_per_second = 0;        // of captioning, from frames on disk to text; 0 if nothing was captioned
    std::vector<std::string> cautions;  // about the captioner, if it was loaded only for this
};

struct CaptionedClips {
    std::vector<store::PredictionRecord> captions;
    double clips_per_second = 0;
};

/// "a video of {}" and "rowing" -> "a video of rowing".
std::string in_template(const std::string& text, const std::string& name);

/// The classes nearest to caption `i`, as the store keeps them.
std::vector<store::NearClass> near_classes(const evaluation::ClipTam& tam, size_t i);

/// Class names as CLIP-TAM compares with them (C, d), unit length: each name in every template ("{}" is the bare name),
/// features averaged.
Matrix class_features(const ClipNetwork& clip, std::span<const std::string> classes,
                      std::span<const std::string> templates, const Machine& machine, Task& task);

/// The captioner's captions of these clips of the store, without unreadable ones; classes are not used.
CaptionedClips caption_clips(const Captioner& captioner, const ClipStore& clips, std::span<const int64_t> indices,
                             const GenerationSettings& settings, const Machine& machine, Task& task);

/// The metric under which throughput (Table 8) is stored per epoch.
constexpr const char* kThroughputMetric = "clip_tam_clips_per_second";

/// CLIP-TAM of existing captions. Predictions of videos that are not in `on` are dropped.
Evaluation score_captions(const ClipNetwork& clip, std::vector<store::PredictionRecord> predictions,
                          const EvaluationClips& on, std::span<const std::string> templates, const Machine& machine,
                          Task& task);

/// Both. `clips` holds the videos of `on`.
Evaluation evaluate_captioner(const Captioner& captioner, const ClipNetwork& clip, const ClipStore& clips,
                              const EvaluationClips& on, const TrainSettings& settings, const Machine& machine,
                              Task& task);

/// How to read the clips of a project that keeps frames in that folder; `view` is the side of the model's view. The
/// task, which must outlive the store, can stop it within a clip.
ClipStoreSettings clip_store_settings(const std::filesystem::path& frames, const TrainSettings& settings, int64_t view,
                                      Task& task);

}  // namespace rest::engine
