// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>

#include "core/engine/measure/evaluate_job.h"
#include "core/evaluation/tables/table.h"

namespace rest::engine {

/// How class names are written for CLIP-TAM; every report says so.
inline constexpr const char* class_name_handling = "underscores to blanks, CamelCase spaced";

/// "REST, epoch 15"; baselines have no epochs.
std::string report_title(const EvaluateResult& result);
/// "run 2, epoch 15, step 2, seed 1"
std::string report_source(const EvaluateResult& result);

/// One row per evaluation, followed by the paper's figures for the same methods, greyed.
evaluation::ResultTable summary_table(std::span<const EvaluateResult* const> results,
                                      std::span<const evaluation::PaperTable> paper,
                                      const std::filesystem::path& project);
/// Top-1 and top-5 of every class with clips, and the class it is most often confused with.
evaluation::ResultTable class_table(const EvaluateResult& result, const std::filesystem::path& project);

/// Lines that document the numbers' origin: run, models, class names, clips, command.
std::vector<std::string> provenance(const EvaluateResult& result, const std::filesystem::path& project);

}  // namespace rest::engine
