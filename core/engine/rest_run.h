// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/engine/caption_maker.h"
#include "core/engine/clip_store.h"
#include "core/engine/engine.h"
#include "core/engine/run_files.h"
#include "core/engine/text_pool.h"
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
    Clip clip;
    ClipStore train;  // labels removed, unless they are what is learnt from
    JobContext& context;

    TextPool texts;
    torch::Tensor video_features;  // (N, d) unit length
    torch::Tensor neighbours;      // (N, H) int32
    HeldLists lists;
    std::vector<std::vector<float>> scores;  // s_vt beside lists

    std::vector<store::VideoId> video_ids() const;
};

/// Line 1: captions of every frame on every prompt, stored as step 0. Videos captioned before (a resumed run, or an earlier
/// run with the same captioner and caption settings) are not captioned again.
void make_first_captions(RestRun& run);

/// Instead of lines 1-4: every video's list is its class name, stored as step 0.
void take_class_names(RestRun& run);

/// Lines 2-3: CLIP features of the videos (kept beside the project) and their neighbours.
void find_neighbours(RestRun& run);

/// Line 10: a new caption of every video by the model as it is, stored for `step` and added to the lists.
void make_new_captions(RestRun& run, int step, int epoch);

/// Lines 3-4 and 11-13: scores, top-K update, and the lists stored as `step`.
void update_lists(RestRun& run, int step);

/// The lists of a stored step, when a run goes on.
void reload_lists(RestRun& run, int step);

}  // namespace rest::engine
