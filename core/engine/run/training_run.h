// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/engine/inference/evaluation_step.h"
#include "core/engine/run/rest_run.h"
#include "core/training/epoch.h"

namespace rest::training {
class Diverged;
}

namespace rest::engine {

/// The state of one training beyond what RestRun shares: Algorithm 1 from line 1 to its end, with a checkpoint after
/// every epoch and CLIP-TAM after every retrieval step. When its process has to leave (is_leaving()) there is
/// one within the epoch too, after the batch that was under way. Lives as long as `run`, `files` and `optimiser`.
class TrainingRun {
  public:
    TrainingRun(RestRun& run, const RunFiles& files, training::AdamW& optimiser);

    /// Lines 1-4, or restores them from a checkpoint. With `learn_from` "class_names" every list is the video's class.
    void prepare(const RunState* from);
    /// Lines 5-14.
    void loop();

    const evaluation::ClipTam& last_tam() const { return tam_; }
    const RunState& state() const { return state_; }

  private:
    /// What is left of the epoch, in its order, and of each example the place in that order that comes after it.
    struct Examples {
        std::vector<training::TrainExample> all;
        std::vector<int64_t> place_after;
    };
    std::vector<int64_t> places() const;
    Examples examples() const;
    int64_t batches_of(int64_t examples) const;
    training::EpochSettings epoch_settings(int64_t examples) const;
    std::vector<int64_t> load(std::span<const training::TrainExample> batch, const torch::Tensor& to) const;
    void train_one_epoch();
    void end_epoch();
    void on_batch(const training::BatchReport& report, const Examples& examples);
    void keep_curves();
    Error with_names(const training::Diverged& e) const;
    void tell_of_micro_batch(int64_t micro);
    void evaluate(const RunState& at);
    void measure(const RunState& at, store::Project& project, JobContext& context);
    void save();

    RestRun& run_;
    const RunFiles& files_;
    training::AdamW& optimiser_;
    RunState state_;
    std::vector<store::MetricPoint> points_;  // of the curves, not yet kept
    bool saved_ = true;                       // whether there is a checkpoint of this state
    int64_t micro_batch_;                     // clips per pass that memory has allowed so far
    evaluation::ClipTam tam_;
};

}  // namespace rest::engine
