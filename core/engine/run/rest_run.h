// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/engine/inference/caption_maker.h"
#include "core/engine/inference/clip_store.h"
#include "core/engine/inference/text_pool.h"
#include "core/engine/queue/engine.h"
#include "core/engine/run/run_files.h"
#include "core/retrieval/caption_update.h"

namespace rest::engine {

/// A caption in some video's list W_i and whose it was.
struct HeldCaption {
    int32_t id = 0;      // in the TextPool
    int32_t origin = 0;  // index of the video it was generated for
};

/// The run's lists W_i in memory, indexed as the training videos.
using HeldLists = std::vector<std::vector<HeldCaption>>;

/// What all parts of a run share; owned by the job.
struct RestRun {
    store::Project& project;
    store::RunId id;
    TrainSettings settings;
    Machine machine;
    Captioner captioner;
    ClipNetwork clip;
    ClipStore train;  // labels removed, unless they are what is learnt from
    JobContext& context;

    TextPool texts;
    torch::Tensor video_features;  // (N, d) unit length
    torch::Tensor neighbours;      // (N, H) int32
    HeldLists lists;
    std::vector<std::vector<float>> scores;  // s_vt beside lists

    std::vector<store::VideoId> video_ids() const;
    store::RunRef ref() const { return project.ref(id); }
};

}  // namespace rest::engine
