// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "core/base/task.h"
#include "core/study/study.h"

namespace rest::study {

/// What became of one returned file.
struct MergedFile {
    std::filesystem::path file;
    TakenAnswers taken;              // log lines: answers, skips and undos
    std::optional<Problem> refused;  // then nothing was taken from it
};

/// Takes the answers of returned files over into `study`, in any order, and again without harm: a file's lines that are
/// there already are counted and left alone. A file that is damaged, of another study, or that contradicts what is
/// there is refused and the others are merged all the same. Files are not changed. Throws Error when `study` itself
/// cannot be written, and Cancelled between two files.
std::vector<MergedFile> merge_study(Study& study, std::span<const std::filesystem::path> files, Task& task);

}  // namespace rest::study
