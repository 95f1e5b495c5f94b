// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "app/commands/interrupts.h"
#include "core/engine/queue/engine.h"

namespace rest::app {

/// What every command has: Ctrl-C as cancel, SIGTERM as ask_to_leave(), progress and log on standard error, one
/// JSON document on standard output.
class Console {
  public:
    Console();
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// Runs a job on this thread. Throws what it throws.
    std::string run(engine::Job& job);
    /// A task for work that is not a job.
    Task& task() { return *task_; }
    TaskControl& control() { return control_; }

    bool json = false;   // --json was given
    bool quiet = false;  // nothing but warnings and errors: another process of the same job tells the rest
    void print_json(const nlohmann::json& document) const;
    void print(const std::string& line) const;

  private:
    class TerminalTask;
    void show(const engine::Event& event);
    void show_progress(const Progress& progress);
    void end_line();

    TaskControl control_;
    Interrupts interrupts_;
    std::unique_ptr<Task> task_;
    bool terminal_ = false;   // standard error is one
    bool line_open_ = false;  // a progress line that will be overwritten
    std::string last_stage_;
};

}  // namespace rest::app
