// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/docs/completion.h"

namespace rest::app {
namespace {

// Inside single quotes, where _arguments itself parses brackets and colons.
std::string zsh_quoted(const std::string& text) {
    std::string out;
    for (const char c : backslashed(text, "[]:\\")) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out;
}

std::string action(const OptionDoc& option) {
    switch (offer_of(option)) {
        case Offer::words:
            if (option.words.front().back() == '=') return "_rest_settings";
            return "(" + joined(option.words, " ") + ")";
        case Offer::files:
            return "_files";
        case Offer::folders:
        case Offer::projects:
            return "_files -/";
        case Offer::nothing:
            break;
    }
    return " ";
}

std::string option_lines(const CommandDoc& command) {
    std::string lines;
    for (const auto& option : command.options) {
        for (const auto& name : option.names) {
            const bool is_long = name.starts_with("--");
            lines += fmt::format("        '{}{}{}[{}]", option.many ? "*" : "", name,
                                 option.value.empty() ? ""
                                 : is_long            ? "="
                                                      : "+",
                                 zsh_quoted(option.description));
            if (!option.value.empty()) lines += ":" + zsh_quoted(option.value) + ":" + action(option);
            lines += "' \\\n";
        }
    }
    return lines;
}

std::string positional_lines(const CommandDoc& command) {
    std::string lines;
    for (const auto& positional : command.positionals)
        lines += fmt::format("        '{}:{}:{}' \\\n",
                             positional.many       ? "*"
                             : positional.required ? ""
                                                   : ":",
                             zsh_quoted(positional.names.front()), action(positional));
    if (!command.commands.empty()) lines += "        '1: :->command' '*:: :->below' \\\n";
    return lines;
}

std::string function_of(const CommandDoc& command) {
    auto text =
        fmt::format(
            "_{}() {{\n    local context state state_descr line\n    typeset -A opt_args\n    _arguments -C \\\n",
            function_name(command.path)) +
        option_lines(command) + positional_lines(command) + "        && return 0\n";
    if (!command.commands.empty()) {
        text += "    case $state in\n        command) local -a commands=(\n";
        for (const auto& below : command.commands)
            text += fmt::format("            '{}:{}'\n", below.path.back(), zsh_quoted(below.description));
        text += "        ); _describe -t commands command commands ;;\n        below) case $line[1] in\n";
        for (const auto& below : command.commands)
            text += fmt::format("            {}) _{} ;;\n", below.path.back(), function_name(below.path));
        text += "        esac ;;\n    esac\n";
    }
    return text + "}\n";
}

std::string settings_function(const ValueWords& words) {
    const auto names = words.find("SETTING=VALUE");
    if (names == words.end()) return "";
    std::string text =
        "_rest_settings() {\n    if compset -P 1 '*='; then\n        case ${IPREFIX##*[= "
        "]}${${words[CURRENT]%%=*}##*=}= in\n";
    for (const auto& [value, choices] : words) {
        if (value.back() == '=') text += fmt::format("            {}) compadd {} ;;\n", value, joined(choices, " "));
    }
    return text + "        esac\n    else\n        compadd -S '' " + joined(names->second, " ") + "\n    fi\n}\n";
}

}  // namespace

std::string zsh_completion(const CommandDoc& program, const ValueWords& words) {
    auto text = fmt::format("#compdef {}\n# Written from the definitions that --help shows.\n", program.path[0]);
    if (!program.commands.empty()) text += settings_function(words);
    for (const auto* command : all_commands(program)) text += function_of(*command);
    return text + fmt::format("_{} \"$@\"\n", function_name(program.path));
}

}  // namespace rest::app
