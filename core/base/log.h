// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <spdlog/spdlog.h>

#include <filesystem>

namespace rest {

struct LogSettings {
    std::filesystem::path file;  // rotating file (5 MB, 3 kept); empty: none
    bool to_stderr = true;
    bool verbose = false;  // debug messages too
};

/// Sets spdlog's default logger. Call once, first in main(); a file that cannot be opened only causes a warning.
void start_logging(const LogSettings& settings);

}  // namespace rest
