// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include "app/commands/console.h"

namespace rest::app {

// Each adds one subcommand, with its options, to the command line; parsing it runs it.
void add_demo(CLI::App& app, Console& console);
void add_project(CLI::App& app, Console& console);     // init, import
void add_models(CLI::App& app, Console& console);      // models list, get, add, remove, check, token
void add_train(CLI::App& app, Console& console);       // train
void add_sweep(CLI::App& app, Console& console);       // sweep
void add_captions(CLI::App& app, Console& console);    // captions, caption
void add_evaluate(CLI::App& app, Console& console);    // evaluate
void add_failures(CLI::App& app, Console& console);    // failures
void add_bench(CLI::App& app, Console& console);       // bench
void add_study(CLI::App& app, Console& console);       // study create, export, merge, report
void add_run_export(CLI::App& app, Console& console);  // export
void add_help(CLI::App& app, Console& console);        // help
void add_inspection(CLI::App& app, Console& console);  // probe, doctor

}  // namespace rest::app
