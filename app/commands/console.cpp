// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "core/base/log.h"

namespace rest::app {
namespace {

std::string time_left(double seconds) {
    const int s = static_cast<int>(seconds + 0.5);
    return s >= 60 ? fmt::format("{} min {:02d} s", s / 60, s % 60) : fmt::format("{} s", s);
}

constexpr double kMega = 1e6;

double megabytes(int64_t bytes) {
    return static_cast<double>(bytes) / kMega;
}

}  // namespace

class Console::TerminalTask final : public Task {
  public:
    explicit TerminalTask(Console& console) : Task(console.control_), console_(console) {}

  private:
    void on_progress(const Progress& progress) override { console_.show_progress(progress); }
    void on_log(LogLevel level, const std::string& text) override { console_.show(engine::JobLog{0, level, text}); }

    Console& console_;
};

Console::Console()
    : interrupts_(control_), task_(std::make_unique<TerminalTask>(*this)), terminal_(::isatty(STDERR_FILENO) != 0) {}

Console::~Console() {
    end_line();
}

std::string Console::run(engine::Job& job) {
    const auto line = engine::run_here(
        job, [this](const engine::Event& event) { show(event); }, control_);
    end_line();
    return line;
}

void Console::show(const engine::Event& event) {
    if (const auto* progress = std::get_if<engine::JobProgress>(&event)) return show_progress(progress->progress);
    if (const auto* log = std::get_if<engine::JobLog>(&event)) {
        if (quiet && log->level == LogLevel::info) return;
        end_line();
        const auto level = log->level == LogLevel::error     ? spdlog::level::err
                           : log->level == LogLevel::warning ? spdlog::level::warn
                                                             : spdlog::level::info;
        spdlog::log(level, "{}", log->text);
    }
}

void Console::show_progress(const Progress& p) {
    if (quiet) return;
    if (!terminal_) {
        if (p.stage != last_stage_) spdlog::info("{}", p.stage);
        last_stage_ = p.stage;
        return;
    }
    auto line = p.stage;
    const bool bytes = p.unit == "bytes";
    if (p.total > 0 && bytes) {
        line += fmt::format(": {:.1f} of {:.1f} MB", megabytes(p.done), megabytes(p.total));
    } else if (p.total > 0 && !p.unit.empty()) {
        line += fmt::format(": {}/{} {}", p.done, p.total, p.unit);
    } else if (p.done > 0 && !p.unit.empty()) {
        line += bytes ? fmt::format(": {:.1f} MB", megabytes(p.done)) : fmt::format(": {} {}", p.done, p.unit);
    }
    if (p.rate > 0 && !p.unit.empty())
        line += bytes ? fmt::format(", {:.1f} MB/s", p.rate / kMega) : fmt::format(", {:.1f}/s", p.rate);
    if (p.seconds_left >= 0) line += ", " + time_left(p.seconds_left) + " left";
    std::cerr << "\r\033[K" << line << std::flush;
    line_open_ = true;
}

void Console::end_line() {
    if (line_open_) std::cerr << "\r\033[K" << std::flush;
    line_open_ = false;
}

void Console::print_json(const nlohmann::json& document) const {
    std::cout << document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
}

void Console::print(const std::string& line) const {
    std::cout << line << std::endl;
}

}  // namespace rest::app
