// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/measure/evaluate_job.h"
#include "core/engine/queue/engine.h"
#include "core/engine/settings/train_settings.h"
#include "core/evaluation/protocols/protocol.h"
#include "core/evaluation/tables/split_mean.h"
#include "core/evaluation/tam/tam_report.h"

namespace rest::engine {

struct ProtocolParams {
    std::filesystem::path project;  // whose model is measured
    std::string protocol;           // name, see protocols()
    std::filesystem::path data;     // folder of the protocol's clips; not read for project-val
    std::filesystem::path lists;    // official lists; empty: those that ship with the program
    store::RunKind kind = store::RunKind::training;
    std::optional<store::RunId> run;           // default: the latest trained one
    std::filesystem::path model;               // weights of a baseline; empty: the project's
    uint64_t seed = 1;                         // of the few-shot draw and of training
    std::vector<std::string> class_templates;  // empty: the run's
    TrainSettings settings;  // device, precision and threads; baselines in a project without runs: all of it
};

/// One split of a protocol.
struct ProtocolPartResult {
    std::string name;  // "split 1"
    std::vector<std::string> classes;
    int64_t listed_clips = 0;     // that the lists name, present or not
    store::RunId run = 0;         // of the data project, which holds captions and predictions
    double clips_per_second = 0;  // during captioning; 0 if there was none
    evaluation::TamReport report;
};

struct ProtocolResult {
    evaluation::Protocol protocol;
    std::vector<ProtocolPartResult> parts;
    evaluation::MeanAndDeviation top1, top5;  // over the parts, percent
    std::optional<evaluation::PaperFigures> paper;
    std::vector<Problem> problems;       // of data and lists: see plan_protocol()
    std::string lists;                   // source of classes and splits
    std::filesystem::path data_project;  // open it to inspect every clip
    store::RunKind kind = store::RunKind::training;
    store::RunId run = 0;  // of the measured project; 0 for a baseline
    int epoch = 0;
    std::string model;  // folder of the weights that were measured or fine-tuned
    std::string clip;
    std::vector<std::string> cautions;  // what was assumed of models, as no file beside their weights gives it
    std::vector<std::string> class_templates;
    uint64_t seed = 0;
};

/// Measures a model by a named protocol. The protocol's clips become their own project,
/// `PROJECT.rest/protocols/DATA.rest`, so frames, captions and fine-tuned runs are kept: an interrupted job resumes,
/// and a second one captions nothing again.
std::unique_ptr<Job> make_protocol_job(const ProtocolParams& params, std::function<void(const ProtocolResult&)> done);

}  // namespace rest::engine
