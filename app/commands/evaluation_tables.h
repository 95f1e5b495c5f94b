// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/engine/measure/evaluate_job.h"
#include "core/engine/measure/protocol_job.h"
#include "core/evaluation/metrics/caption_drift.h"
#include "core/evaluation/metrics/reference_metrics.h"
#include "core/evaluation/tables/table.h"

namespace rest::app {

/// null if there is no value.
inline nlohmann::json json_of(const std::optional<double>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json();
}

/// What `rest evaluate` reports besides CLIP-TAM.
struct EvaluationExtras {
    std::vector<evaluation::StepDrift> drift;               // of a trained run
    std::optional<evaluation::ReferenceScores> references;  // with --references
    std::filesystem::path project;
};

/// One row with what was measured, above the paper's own rows, with its provenance.
evaluation::ResultTable evaluation_table(const engine::EvaluateResult& result, const std::filesystem::path& project);
nlohmann::json evaluation_json(const engine::EvaluateResult& result, const EvaluationExtras& extras);
std::string evaluation_text(const engine::EvaluateResult& result, const EvaluationExtras& extras);

/// The protocol's splits, their mean and deviation, and the paper's own row.
evaluation::ResultTable protocol_table(const engine::ProtocolResult& result, const std::string& command);
nlohmann::json protocol_json(const engine::ProtocolResult& result, const std::string& command);

/// A table for the terminal.
std::string shown(const evaluation::ResultTable& table);
/// Writes the table as CSV, LaTeX or both, for the paths that are not empty.
void export_table(const evaluation::ResultTable& table, const std::filesystem::path& csv,
                  const std::filesystem::path& latex);

}  // namespace rest::app
