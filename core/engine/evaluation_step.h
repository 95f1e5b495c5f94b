// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/engine/caption_maker.h"
#include "core/engine/clip_store.h"
#include "core/evaluation/clip_tam.h"

namespace rest {

/// Videos with labels, the captioner's captions of them, and CLIP-TAM.
struct Evaluation {
    ClipTam tam;
    std::vector<int> labels;  // of the predictions' videos
    std::vector<PredictionRecord> predictions;
};

/// Captions every clip of `clips` and scores the captions against `classes`; labels come from the clips' records.
Evaluation evaluate_captioner(const Captioner& captioner, const Clip& clip, const ClipStore& clips,
                              const std::vector<std::string>& classes, const TrainSettings& settings,
                              const Machine& machine, Task& task);

/// The labelled, readable val videos of a project (test videos where there is no val).
std::vector<VideoRecord> evaluation_videos(const Project& project);

/// How many clips evaluation_videos() would give if all could be read.
int64_t labelled_video_count(const Project& project);

ClipStoreSettings clip_store_settings(const Project& project, const TrainSettings& settings, int64_t view);

}  // namespace rest
