// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "core/base/task.h"
#include "core/study/study.h"

namespace rest::study {

/// The result for one returned file.
struct MergedFile {
    std::filesystem::path file;
    TakenAnswers taken;              // log lines: answers, skips and undos
    std::optional<Problem> refused;  // then nothing was merged from it
};

/// Merges the answers of returned files into `study`, in any order, and repeatedly without harm: log entries that exist
/// already are counted and left alone. A file that is damaged, of another study, or that contradicts existing answers
/// is refused, and the others are merged nevertheless. Files are not changed. Throws Error if `study` itself cannot be
/// written, and Cancelled between two files.
std::vector<MergedFile> merge_study(Study& study, std::span<const std::filesystem::path> files, Task& task);

}  // namespace rest::study
