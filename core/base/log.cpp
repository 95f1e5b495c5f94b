// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace rest {

void start_logging(const LogSettings& settings) {
    std::vector<spdlog::sink_ptr> sinks;
    std::string trouble;
    if (settings.to_stderr) {
        auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
        sink->set_pattern("%^%l%$: %v");
        sinks.push_back(sink);
    }
    if (!settings.file.empty()) {
        try {
            constexpr size_t kMaxBytes = 5 << 20;
            sinks.push_back(
                std::make_shared<spdlog::sinks::rotating_file_sink_mt>(settings.file.string(), kMaxBytes, 3));
        } catch (const std::exception& e) {
            trouble = e.what();
        }
    }
    auto logger = std::make_shared<spdlog::logger>("rest", sinks.begin(), sinks.end());
    logger->set_level(settings.verbose ? spdlog::level::debug : spdlog::level::info);
    // Flush every line: the last ones before a crash matter most, and no loop logs.
    logger->flush_on(spdlog::level::debug);
    spdlog::set_default_logger(logger);
    if (!trouble.empty()) spdlog::warn("No log file: {}", trouble);
}

}  // namespace rest
