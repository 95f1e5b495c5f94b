// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace rest::app {

/// The options that the window is started with.
struct StudioOptions {
    std::string opened;  // a project's folder or its database, or a study file; empty: the start page
    std::string theme = "auto";
    std::string tour;  // folder for pictures of every page; empty: no tour
    bool demo = false;
};

/// Defines `rest-studio`, as define_command_line() does `rest`. Does not depend on Qt: man page and completions are
/// generated from it.
void define_studio(CLI::App& app, StudioOptions& options);

}  // namespace rest::app
