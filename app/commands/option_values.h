// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

namespace rest::app {

/// Gives the options that many commands share one description, and every option the name of what it takes: FILE,
/// FOLDER, PATH (either), PROJECT, or a name of value_words(). Whoever describes an option keeps its own words.
void describe_values(CLI::App& app);

/// {name of a value: the words it can be}, for completions: {"PRESET": {"paper", "demo"}}. Words that end in = want a
/// value of their own, which has the word's own entry where there are few: {"device=": {"auto", "cpu", "cuda"}}.
std::map<std::string, std::vector<std::string>> value_words();

}  // namespace rest::app
