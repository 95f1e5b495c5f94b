// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/measure/evaluate_job.h"
#include "core/evaluation/tam/clip_tam.h"
#include "core/store/project.h"

namespace rest::engine {

/// A run and one of its epochs whose predictions a project holds.
struct StoredEvaluation {
    store::RunId run = 0;
    store::RunKind kind = store::RunKind::training;
    std::string name;     // of the run
    std::string created;  // ISO 8601, UTC: when the run began
    int epoch = 0;
    int step = -1;               // retrieval step of that epoch
    std::optional<double> top1;  // percent, if its curve has it

    friend bool operator==(const StoredEvaluation&, const StoredEvaluation&) = default;
};

/// Newest run first, and within each its newest epoch first.
std::vector<StoredEvaluation> stored_evaluations(const store::Project& project);

/// What make_evaluate_job() would report, from the project alone: no model is loaded. Clips that are no longer labelled
/// are left out. Throws Error: not_found for a run or an epoch that was not measured, damaged if the predictions name
/// classes that the project lacks.
EvaluateResult stored_report(const store::Project& project, store::RunId run, int epoch);

/// The command that reproduces the numbers.
std::string evaluate_command(const std::filesystem::path& project, const EvaluateResult& result);

/// Computes what follows from `predictions` and `labels`. `trained`: by class, some train video has this label.
void measure(EvaluateResult& result, const evaluation::ClipTam& tam, const std::vector<bool>& trained);

/// Throughput at which the captions of an epoch were made; 0 if the project does not know.
double clips_per_second_of(const store::Project& project, store::RunId run, int epoch);

/// The retrieval step that an epoch belongs to.
int step_of(const store::Project& project, const store::RunRecord& run, int epoch);

}  // namespace rest::engine
