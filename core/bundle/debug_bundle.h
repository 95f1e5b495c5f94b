// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/task.h"

namespace rest::bundle {

/// What a debug report contains. Neutral: no project, and no names but those found on this machine.
struct BundleSettings {
    std::filesystem::path file;                  // NAME.zip to write; an existing one is replaced
    std::string program;                         // "rest-studio 0.1.0"
    std::string qt;                              // version of Qt; empty: a program without a GUI
    std::filesystem::path project;               // whose settings and counts go in; empty: none
    std::vector<std::filesystem::path> others;   // other projects that logs may mention: read only for names to redact
    std::vector<std::string> people;             // further names to redact
    std::filesystem::path logs;                  // folder of *.log; empty: state_dir()
    uint64_t log_bytes = uint64_t{1} << 20;      // of the end of each log
    uint64_t model_bytes = uint64_t{256} << 20;  // models up to this size are examined, as `rest doctor` does
};

struct SavedBundle {
    uint64_t bytes = 0;
    std::vector<std::string> entries;  // names of the files inside
};

/// Writes a zip of logs, versions, settings, counts and the results of doctor and quick_check, for whoever debugs the
/// fault. Videos, frames, captions, answers and weights stay out; names of annotators, of the user and of the machine
/// and addresses are redacted, and paths shortened. Damage is reported inside and stops nothing. Throws Error (io,
/// no_space) if the file cannot be written, (invalid_argument) if it has no name, and Cancelled.
SavedBundle save_debug_bundle(const BundleSettings& settings, Task& task);

}  // namespace rest::bundle
