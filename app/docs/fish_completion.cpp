// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/docs/completion.h"

namespace rest::app {
namespace {

std::string fish_quoted(const std::string& text) {
    return "'" + backslashed(text, "'\\") + "'";
}

std::string argument(const OptionDoc& option) {
    switch (offer_of(option)) {
        case Offer::words:
            return " -f -a " + fish_quoted(joined(option.words, " "));
        case Offer::files:
            return " -F";
        case Offer::folders:
        case Offer::projects:
            return " -f -a '(__fish_complete_directories)'";
        case Offer::nothing:
            break;
    }
    return " -f";
}

// Settings that have few values are offered with each of them.
OptionDoc with_values(OptionDoc option, const ValueWords& words) {
    std::vector<std::string> all;
    for (const auto& word : option.words) {
        const auto choices = words.find(word);
        if (word.back() != '=' || choices == words.end()) {
            all.push_back(word);
            continue;
        }
        for (const auto& choice : choices->second) all.push_back(word + choice);
    }
    option.words = std::move(all);
    return option;
}

std::string lines_of(const CommandDoc& command, const ValueWords& words) {
    const auto begin = fmt::format("complete -c {} -n '__{}_at {}'", command.path[0], function_name({command.path[0]}),
                                   joined(command.path, " "));
    std::string lines;
    for (const auto& option : command.options) {
        lines += begin;
        for (const auto& name : option.names)
            lines += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
        if (!option.value.empty()) lines += " -r" + argument(with_values(option, words));
        lines += " -d " + fish_quoted(option.description) + "\n";
    }
    for (const auto& below : command.commands)
        lines += begin + " -f -a " + fish_quoted(below.path.back()) + " -d " + fish_quoted(below.description) + "\n";
    if (command.commands.empty())
        lines += begin + (command.positionals.empty() ? " -f" : argument(command.positionals.back())) + "\n";
    return lines;
}

// Tests whether the words before the cursor lead to a command.
constexpr const char* kFishHead = R"(# fish completion for {0}, written from the definitions that --help shows
function __{1}_at
    set -l at {0}
    for word in (commandline -opc)[2..-1]
        if contains -- "$at $word" {2}
            set at "$at $word"
        end
    end
    test "$at" = "$argv"
end
)";

}  // namespace

std::string fish_completion(const CommandDoc& program, const ValueWords& words) {
    const auto all = all_commands(program);
    std::string paths;
    for (const auto* command : all) paths += fish_quoted(joined(command->path, " ")) + " ";
    auto text = fmt::format(kFishHead, program.path[0], function_name({program.path[0]}), paths);
    for (const auto* command : all) text += lines_of(*command, words);
    return text;
}

}  // namespace rest::app
