// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/engine.h"
#include "core/engine/train_settings.h"
#include "core/evaluation/caption_quality.h"
#include "core/evaluation/tam_report.h"

namespace rest::engine {

struct ImportParams {
    std::filesystem::path project;
    std::filesystem::path source;  // folder or list
    dataset::Layout layout = dataset::Layout::automatic;
};
/// Scans, probes every clip (several at a time) and stores what it finds; damaged clips are stored with their problem.
std::unique_ptr<Job> make_import_job(const ImportParams& params);

struct TrainParams {
    std::filesystem::path project;
    TrainSettings settings;
    std::string name;            // of the run; empty: made from the settings
    std::optional<store::RunId> resume;  // go on with this run; settings are then the run's own
};
/// Algorithm 1. Adds a run to the project (or resumes one) and trains it to the end.
std::unique_ptr<Job> make_train_job(const TrainParams& params);

/// What a check before the start found; nothing is changed by it.
struct TrainCheck {
    std::vector<std::string> problems;  // that forbid the start
    std::vector<std::string> notes;     // worth knowing
    int64_t train_videos = 0;
    int64_t labelled_val_videos = 0;
    std::string device;         // "CPU, 2 threads"
    int64_t memory_bytes = 0;   // estimate of the peak
    int64_t disk_bytes = 0;     // frames, features and checkpoints
    double seconds = -1;        // whole run, from two trial batches; -1 not measured
};
struct TrainCheckParams {
    TrainParams train;
    bool trial_batches = true;
};
/// The result is handed over on the engine thread before the job finishes.
std::unique_ptr<Job> make_train_check_job(const TrainCheckParams& params, std::function<void(const TrainCheck&)> done);

struct CaptionResult {
    std::string file;
    std::string caption;  // empty with a problem
    double score = 0;
    std::string problem;
};
struct CaptionParams {
    std::vector<std::filesystem::path> clips;
    std::filesystem::path captioner;  // BLIP or GAR folder or file
    TrainSettings settings;           // generation, clip and machine settings count
};
/// Captions clips without a project.
std::unique_ptr<Job> make_caption_job(const CaptionParams& params, std::function<void(std::vector<CaptionResult>)> done);

/// CLIP-TAM on a part of the clips.
struct PartScore {
    int64_t clips = 0;
    double top1 = 0;  // percent
};
struct EvaluateResult {
    store::RunId run = 0;  // baselines are kept as runs too
    store::RunKind kind = store::RunKind::training;
    std::string run_name;
    int epoch = 0;
    int step = -1;           // retrieval step of that epoch
    uint64_t seed = 0;       // of the run
    std::string model;       // folder of the checkpoint or the baseline's weights; empty when only its captions are left
    std::string clip;        // folder
    std::vector<std::string> classes;
    std::vector<std::string> class_templates;
    int64_t labelled_clips = 0;  // of the split, those that cannot be read included
    double clips_per_second = 0;  // when they were captioned; 0 for baselines that make no captions
    evaluation::TamReport report;
    PartScore seen, novel;    // clips of classes that some train video has, and of those that none has
    evaluation::CaptionQuality captions;  // the baselines that rank class names have none
    std::vector<store::PredictionRecord> predictions;
    std::vector<int> labels;  // of the predictions' videos
};
struct EvaluateParams {
    std::filesystem::path project;
    store::RunKind kind = store::RunKind::training;  // or a baseline on the same clips
    std::optional<store::RunId> run;          // the latest trained one
    std::optional<int> epoch;          // its newest checkpoint's
    std::filesystem::path model;       // weights of a baseline; empty: the project's (blip-clip needs its own)
    std::vector<std::string> class_templates;  // empty: as the run has them
    TrainSettings settings;  // device, precision and threads; baselines in a project without runs: all of it
    bool settings_as_given = false;  // baselines: all of `settings` in any project
};
/// CLIP-TAM on the labelled val (or test) videos. Captions that the project holds for that run and epoch are not made again.
/// New ones are stored; a baseline is stored as a run of its kind.
std::unique_ptr<Job> make_evaluate_job(const EvaluateParams& params, std::function<void(const EvaluateResult&)> done);

}  // namespace rest::engine
