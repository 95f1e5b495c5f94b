// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/engine/inference/caption_maker.h"
#include "core/engine/inference/clip_store.h"
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
    ClipStore train;  // labels removed, unless they are what is learnt from
    JobContext& context;

    TextPool texts = {};
    torch::Tensor video_features = {};  // (N, d) unit length
    torch::Tensor neighbours = {};      // (N, H) int32
    CaptionTable captions{};            // W_i

    std::vector<store::VideoId> video_ids() const;
    store::RunRef ref() const { return project.ref(id); }
};

}  // namespace rest::engine
