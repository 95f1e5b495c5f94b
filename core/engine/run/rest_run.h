// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/engine/inference/caption_maker.h"
#include "core/engine/inference/clip_store.h"
#include "core/engine/inference/run_clips.h"
#include "core/engine/inference/text_pool.h"
#include "core/engine/queue/engine.h"
#include "core/engine/run/caption_table.h"
#include "core/engine/run/run_files.h"

namespace rest::engine {

/// What all parts of a run share; owned by the job.
struct RestRun {
    store::Project& project;
    store::RunId id;
    TrainSettings settings;
    Machine machine;
    Captioner captioner;
    ClipNetwork clip;
    std::string captioner_key;  // which captioner it began with, on which machine; for first captions
    ClipStore train;            // labels removed, unless they are what is learnt from
    EvaluationClips on;
    ClipStore evaluation;  // the videos of `on`
    JobContext& context;

    TextPool texts = {};
    std::vector<int64_t> members = {};  // indices of the M clips that take part in retrieval: those that can be read
    torch::Tensor video_features = {};  // (M, d) unit length
    torch::Tensor neighbours = {};      // (M, H) int32, places in `members`
    CaptionTable captions{};            // W_i

    std::vector<store::VideoId> video_ids() const;
    store::RunRef ref() const { return project.ref(id); }
};

}  // namespace rest::engine
