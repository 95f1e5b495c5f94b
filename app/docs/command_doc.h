// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace rest::app {

/// An option or a positional as shown in man pages and completions.
struct OptionDoc {
    std::vector<std::string> names;  // "-h", "--help"; of a positional its name alone
    std::string value;               // "FILE"; empty: a flag
    std::vector<std::string> words;  // the possible values, if they are a short list
    std::string default_text;
    std::string description;
    bool required = false;
    bool many = false;  // may be given more than once
};

/// A title ("Exit status") and below it terms with their meaning, from an application's footer.
struct NoteDoc {
    std::string title;
    std::vector<std::pair<std::string, std::string>> terms;
};

struct CommandDoc {
    std::vector<std::string> path;  // {"rest", "study", "create"}
    std::string description;
    std::vector<OptionDoc> options, positionals;
    std::vector<CommandDoc> commands;
    std::vector<NoteDoc> notes;
};

using ValueWords = std::map<std::string, std::vector<std::string>>;

/// The documentation of a defined command line. `words`: {name of a value: what it can be}; words are also taken from
/// an option that restricts its values (CLI::IsMember).
CommandDoc describe(const CLI::App& app, const std::string& program, const ValueWords& words);

/// `command` and all its descendants, parents first.
std::vector<const CommandDoc*> all_commands(const CommandDoc& command);

/// The names of the path joined by `separator`.
std::string joined(const std::vector<std::string>& path, const std::string& separator);

}  // namespace rest::app
