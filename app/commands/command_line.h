// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include "app/commands/console.h"

namespace rest::app {

/// Defines `rest`: every command with its options and `--help` texts. Man pages and completions are generated from the
/// same definitions. `console` must outlive `app`.
void define_command_line(CLI::App& app, Console& console);

}  // namespace rest::app
