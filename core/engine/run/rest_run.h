// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "core/engine/inference/caption_maker.h"
#include "core/engine/inference/clip_store.h"
#include "core/engine/inference/run_clips.h"
#include "core/engine/inference/text_pool.h"
#include "core/engine/queue/engine.h"
#include "core/engine/run/caption_table.h"
#include "core/engine/run/crew.h"
#include "core/engine/run/run_files.h"

namespace rest::engine {

/// State shared by all parts of a run; owned by the job.
struct RestRun {
    Crew& crew;
    store::RunId id;
    TrainSettings settings;
    Machine machine;
    Captioner captioner;
    ClipNetwork clip;
    std::string captioner_key;  // identifies the captioner it started from and the machine; for first captions
    ClipStore train;            // labels removed, unless they are trained on
    EvaluationClips on;
    ClipStore evaluation;  // the videos of `on`; both are the owner's alone
    JobContext& context;   // the crew's

    TextPool texts = {};
    std::vector<int64_t> members = {};  // indices of the M readable clips, which take part in retrieval
    torch::Tensor video_features = {};  // (M, d) unit length
    torch::Tensor neighbours = {};      // (m, H) int32, places in `members`, of this process's share of them
    CaptionTable captions{};            // W_i
    std::set<int64_t> unreadable = {};  // train clips that all of the crew know to be so

    std::vector<store::VideoId> video_ids() const;
};

}  // namespace rest::engine
