// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

namespace rest::app {

/// Gives the options that many commands share one description, and every option the name of its value: FILE,
/// FOLDER, PATH (either), PROJECT, or a name of value_words(). An option that has a description keeps it.
void describe_values(CLI::App& app);

/// {name of a value: the words it can be}, for completions: {"PRESET": {"paper", "demo"}}. Words that end in = take a
/// value of their own, which has an entry under that word if the choices are few: {"device=": {"auto", "cpu", "cuda"}}.
std::map<std::string, std::vector<std::string>> value_words();

}  // namespace rest::app
