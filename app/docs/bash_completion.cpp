// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/docs/completion.h"

namespace rest::app {
namespace {

std::string bash_offer(const OptionDoc& option, const std::string& name) {
    switch (offer_of(option)) {
        case Offer::words:
            return fmt::format("_{}_words \"{}\"", name, joined(option.words, " "));
        case Offer::files:
            return fmt::format("_{}_paths -f", name);
        case Offer::folders:
        case Offer::projects:
            return fmt::format("_{}_paths -d", name);
        case Offer::nothing:
            break;
    }
    return ":";
}

// Helpers, and the loop that finds the command of the word to complete. Bash splits words at "=": `--set name=value`
// and `--preset=demo` arrive in pieces.
constexpr const char* kBashHead = R"(# bash completion for {0}, written from the definitions that --help shows
_{1}_words() {{
    local IFS=$' \t\n'
    COMPREPLY=($(compgen -W "$1" -- "$cur"))
    [[ ${{COMPREPLY[0]-}} == *= ]] && compopt -o nospace 2>/dev/null
    return 0
}}
_{1}_paths() {{
    local IFS=$'\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen "$1" -- "$cur"))
    return 0
}}
_{1}() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} at={0} name= i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case "$at ${{COMP_WORDS[i]}}" in
            {2}) at="$at ${{COMP_WORDS[i]}}" ;;
        esac
    done
    i=$COMP_CWORD
    if [[ $cur == = ]]; then cur=; ((++i)); fi
    if ((i > 2)) && [[ ${{COMP_WORDS[i-1]}} == = ]]; then
        prev=${{COMP_WORDS[i-2]}}
        if [[ $prev != -* ]]; then name=$prev= prev=; fi
    fi
)";

std::string command_patterns(const std::vector<const CommandDoc*>& all) {
    std::string patterns;
    for (const auto* command : all) {
        if (command->path.size() < 2) continue;
        patterns += (patterns.empty() ? "" : "|") + fmt::format("\"{}\"", joined(command->path, " "));
    }
    return patterns.empty() ? "''" : patterns;
}

std::string value_cases(const std::vector<const CommandDoc*>& all, const std::string& name) {
    std::string cases;
    for (const auto* command : all) {
        for (const auto& option : command->options) {
            if (option.value.empty()) continue;
            std::string patterns;
            for (const auto& typed : option.names)
                patterns += (patterns.empty() ? "" : "|") + fmt::format("\"{} {}\"", joined(command->path, " "), typed);
            cases += fmt::format("        {}) {}; return ;;\n", patterns, bash_offer(option, name));
        }
    }
    return cases;
}

std::string command_cases(const std::vector<const CommandDoc*>& all, const std::string& name) {
    std::string cases;
    for (const auto* command : all) {
        std::string options, commands;
        for (const auto& option : command->options) options += joined(option.names, " ") + " ";
        for (const auto& below : command->commands) commands += below.path.back() + " ";
        std::string action = fmt::format("if [[ $cur == -* ]]; then _{}_words \"{}\"", name, options);
        if (!commands.empty()) {
            action += fmt::format("; else _{}_words \"{}\"", name, commands);
        } else if (!command->positionals.empty()) {
            action += "; else " + bash_offer(command->positionals.back(), name);
        }
        cases += fmt::format("        \"{}\") {}; fi ;;\n", joined(command->path, " "), action);
    }
    return cases;
}

}  // namespace

std::string bash_completion(const CommandDoc& program, const ValueWords& words) {
    const auto all = all_commands(program);
    const auto name = function_name(program.path);
    auto text = fmt::format(kBashHead, program.path[0], name, command_patterns(all));
    text += "    case \"$name\" in\n";
    for (const auto& [value, choices] : words) {
        if (value.back() == '=')
            text += fmt::format("        {}) _{}_words \"{}\"; return ;;\n", value, name, joined(choices, " "));
    }
    text += "        ?*) return ;;\n    esac\n    case \"$at $prev\" in\n" + value_cases(all, name) + "    esac\n";
    text += "    case \"$at\" in\n" + command_cases(all, name) + "    esac\n}\n";
    return text + fmt::format("complete -F _{} {}\n", name, program.path[0]);
}

}  // namespace rest::app
