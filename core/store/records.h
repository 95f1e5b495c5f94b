// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset/dataset.h"

namespace rest::store {

using VideoId = int64_t;
using RunId = int64_t;

struct VideoRecord {
    VideoId id = 0;
    std::string name;  // unique within the project
    std::string path;  // absolute
    dataset::Split split = dataset::Split::train;
    int label = -1;  // index into Project::classes(), -1 unknown; never read by training
    int64_t frames = 0;
    int width = 0;
    int height = 0;
    double duration_seconds = 0;
    int64_t file_bytes = 0;
    int64_t file_time_ns = 0;
    std::string problem;  // empty: the video is readable
    std::string remedy;
};

enum class CaptionOrigin { generated, retrieved };

/// One generated caption: which model, which video, which prompt.
struct GeneratedCaption {
    VideoId video = 0;
    int step = 0;  // retrieval step it was generated for: 0 first captions, then 1, 2, ...
    std::string text;
    std::string model;  // "blip" for the initial captioner, "run 3 epoch 10" for a trained one
    std::string prompt;
    int frame = -1;    // 0..T-1 if captioned from one frame, -1 from the whole clip
    double score = 0;  // mean log-probability of its tokens, the score by which beam search ranks it
};

/// A member of W_i at a step, with its origin.
struct CaptionRecord {
    int step = 0;
    int rank = 0;  // 0 best
    std::string text;
    double clip_score = 0;  // s_vt (Eq. 4)
    CaptionOrigin origin = CaptionOrigin::generated;
    VideoId source_video = 0;               // the video it was generated for; the video itself unless retrieved
    std::optional<GeneratedCaption> maker;  // the record of this text's first generation for source_video
};

enum class RunStatus { prepared, running, paused, finished, cancelled, failed };
const char* to_string(RunStatus status);

/// The source of a run's predictions: training, or an unchanged published model measured on the same clips.
enum class RunKind { training, blip, clip, blip_retrieval };
const char* to_string(RunKind kind);  // "training", "blip", "clip", "blip-clip"

struct RunRecord {
    RunId id = 0;
    RunKind kind = RunKind::training;
    std::string name;
    std::string created;        // ISO 8601, UTC
    std::string settings_json;  // the frozen TrainSettings
    RunStatus status = RunStatus::prepared;
    std::string message;  // of a failure
    int epoch = 0;        // finished epochs
    int step = -1;        // last finished retrieval step, -1 before the first
};

/// How a run uses a clip.
enum class RunClipRole { train, evaluation };

/// A clip of a run, with its state when the run started.
struct RunClip {
    VideoId video = 0;
    int label = -1;  // of an evaluation clip
    int64_t file_bytes = 0;
    int64_t file_time_ns = 0;
};

/// One point of a curve. Names in use: "loss", "learning_rate", "clips_per_second" by batch; "clip_tam_top1",
/// "clip_tam_top5", "clip_tam_clips_per_second" (of captioning the clips it is measured on) by epoch. A name is by
/// epoch if it begins with "clip_tam_".
struct MetricPoint {
    std::string name;
    int64_t position = 0;  // global batch number, or epoch
    double value = 0;
    int step = 0;  // retrieval step it belongs to
};

/// True if the positions of this curve are epochs, false if they are batches.
bool is_epoch_metric(const std::string& name);

/// A model's prediction for an evaluation video at a step, and its CLIP-TAM result.
struct PredictionRecord {
    VideoId video = 0;
    std::string caption;
    double score = 0;
    int predicted = -1;  // class index
    int rank = -1;       // of the true class, -1 without a label
};

}  // namespace rest::store
