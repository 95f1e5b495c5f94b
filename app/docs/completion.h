// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/docs/command_doc.h"

namespace rest::app {

// Each is a file that the shell reads: commands, options, and for each kind of value (value_words()) its words, files
// or folders. `words` is what describe() was given.
std::string bash_completion(const CommandDoc& program, const ValueWords& words);
std::string zsh_completion(const CommandDoc& program, const ValueWords& words);
std::string fish_completion(const CommandDoc& program, const ValueWords& words);

/// What a shell offers for a value.
enum class Offer { nothing, files, folders, projects, words };
Offer offer_of(const OptionDoc& option);

/// Used in the names of shell functions: "rest_study_create".
std::string function_name(const std::vector<std::string>& path);

/// `text` with a backslash before each of `special`.
std::string backslashed(const std::string& text, const std::string& special);

}  // namespace rest::app
