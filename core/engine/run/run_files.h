// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/engine/inference/model_files.h"
#include "core/store/project.h"
#include "core/training/adamw.h"

namespace rest::engine {

/// Where a run stands, mostly at the end of an epoch.
struct RunState {
    int epoch = 0;      // finished epochs
    int step = 0;       // retrieval step whose lists are in use
    int64_t place = 0;  // in the order of the epoch that has begun: clips before it are behind it
    int64_t batch = 0;  // finished batches
    int64_t total = 0;  // batches of the whole run, for the learning rate schedule; 0: not stored (older checkpoints)
    int64_t clips = 0;  // trained on in the last epoch, or in the one that has begun
};

/// A run's checkpoints: `checkpoints/run_N/epoch_0005/`, within an epoch `epoch_0005_clip_1280`, each a Hugging Face
/// BLIP folder with the optimiser's state beside. Written beside, synced and renamed, so a folder of that name is
/// whole; the last `keep` stay. Checksums tell when a disk has damaged one since.
class RunFiles {
  public:
    RunFiles(std::filesystem::path folder, int64_t keep) : folder_(std::move(folder)), keep_(keep) {}

    /// Throws Error: no_space, io; diverged if weights or optimiser state contain NaN or infinity, which are then not
    /// saved.
    void save(const RunState& state, const Captioner& captioner, const training::AdamW& optimiser) const;
    /// Newest first. Incomplete folders are skipped.
    std::vector<std::pair<RunState, std::filesystem::path>> checkpoints() const;
    /// The newest undamaged one; damaged ones are skipped with a warning. Empty if there is none.
    std::optional<std::pair<RunState, std::filesystem::path>> newest_intact(Task& task) const;
    /// Whether weights and optimiser of a checkpoint match their checksums.
    static bool is_intact(const std::filesystem::path& checkpoint);
    static void restore_optimiser(const std::filesystem::path& checkpoint, training::AdamW& optimiser);

  private:
    std::filesystem::path vocabulary_source(const Captioner& captioner) const;

    std::filesystem::path folder_;
    int64_t keep_;
};

}  // namespace rest::engine
