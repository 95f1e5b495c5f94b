// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include "app/commands/console.h"

namespace rest::app {

/// Defines `rest`: every command with its options, and what `--help` says of them. Man pages and completions are
/// written from the same definitions. `console` must outlive `app`.
void define_command_line(CLI::App& app, Console& console);

}  // namespace rest::app
