// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/docs/man_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "app/docs/man_text.h"
#include "core/engine/settings/setting_range.h"

namespace rest::app {
namespace {

std::string heading(const std::string& page, int section, const ManStamp& stamp, const char* manual) {
    return fmt::format(
        ".\\\" Written from the definitions that --help shows.\n.TH {} {} {} \"REST Studio {}\" \"{}\"\n",
        typed_text(upper(page)), section, stamp.date, stamp.version, manual);
}

std::string name_and_value(const OptionDoc& option) {
    std::string text;
    for (const auto& name : option.names) text += (text.empty() ? "" : ", ") + bold(name);
    if (!option.value.empty()) text += " " + italic(option.value);
    return text;
}

std::string in_synopsis(const OptionDoc& option, bool positional) {
    const auto text = positional ? italic(upper(option.names.front()))
                                 : bold(option.names.back()) + (option.value.empty() ? "" : " " + italic(option.value));
    return (option.required ? text : "[" + text + "]") + (option.many ? "..." : "");
}

std::string synopsis(const CommandDoc& command) {
    std::string text = ".SH SYNOPSIS\n" + bold(joined(command.path, " "));
    for (const auto& option : command.options) {
        if (option.names.back() != "--help" && option.names.back() != "--version")
            text += "\n" + in_synopsis(option, false);
    }
    for (const auto& positional : command.positionals) text += "\n" + in_synopsis(positional, true);
    if (!command.commands.empty())
        text += "\n" +
                (command.positionals.empty() && command.options.size() > 2 ? "[" + italic("COMMAND") + "]"
                                                                           : italic("COMMAND")) +
                " ...";
    return text + "\n";
}

std::string meaning(const OptionDoc& option) {
    auto text = man_text(full_stop(option.description));
    if (!option.default_text.empty()) text += "\nDefault: " + man_text(option.default_text) + ".";
    if (option.value == "SETTING=VALUE" || option.value == "SETTING=VALUES")
        return text + "\n" + bold("rest-settings") + "(7) lists them.";
    if (option.words.empty()) return text;
    std::string words;
    for (const auto& word : option.words) words += (words.empty() ? "" : ", ") + bold(word);
    return text + "\nOne of " + words + ".";
}

std::string options(const CommandDoc& command) {
    std::string text = ".SH OPTIONS\n";
    for (const auto& positional : command.positionals)
        text += ".TP\n" + italic(upper(positional.names.front())) + "\n" + meaning(positional) + "\n";
    for (const auto& option : command.options) text += ".TP\n" + name_and_value(option) + "\n" + meaning(option) + "\n";
    return text;
}

std::string commands(const CommandDoc& command) {
    if (command.commands.empty()) return "";
    std::string text = ".SH COMMANDS\n";
    for (const auto& below : command.commands)
        text += ".TP\n" + bold(joined(below.path, "-")) + "(1)\n" + man_text(sentence(below.description)) + "\n";
    return text;
}

std::string notes(const CommandDoc& command) {
    std::string text;
    for (const auto& note : command.notes) {
        text += ".SH " + man_text(upper(note.title)) + "\n";
        for (const auto& [term, what] : note.terms) text += ".TP\n" + bold(term) + "\n" + man_text(what) + "\n";
    }
    return text;
}

std::string see_also_section(std::vector<std::string> pages) {
    if (pages.empty()) return "";
    std::ranges::sort(pages);
    std::string text = ".SH SEE ALSO\n";
    for (size_t i = 0; i < pages.size(); ++i) {
        const auto open = pages[i].find('(');
        text += ".BR " + typed_text(pages[i].substr(0, open)) + " " + pages[i].substr(open) +
                (i + 1 < pages.size() ? " ,\n" : "\n");
    }
    return text;
}

}  // namespace

std::string man_page(const CommandDoc& command, const ManStamp& stamp, const std::vector<std::string>& see_also) {
    const auto page = joined(command.path, "-");
    auto summary = command.description;
    if (summary.size() > 1 && std::islower(static_cast<unsigned char>(summary[1])) != 0)
        summary[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(summary[0])));
    return heading(page, 1, stamp, "User Commands") + ".SH NAME\n" + typed_text(page) + " \\- " + man_text(summary) +
           "\n" + synopsis(command) + commands(command) + options(command) + notes(command) +
           see_also_section(see_also);
}

std::string settings_page(const ManStamp& stamp) {
    auto text = heading("rest-settings", 7, stamp, "Settings") +
                ".SH NAME\nrest\\-settings \\- settings of training, for " + bold("--set") + " and " +
                bold("--config") + "\n.SH DESCRIPTION\n" + bold("--set") + " " + italic("SETTING=VALUE") +
                " sets one, and may be repeated;\n" + bold("--config") + " " + italic("FILE") +
                " reads a JSON object of them.\nDefaults are those of the paper.\n";
    std::string group;
    for (const auto& setting : engine::setting_infos()) {
        if (setting.group != group) text += ".SH " + man_text(upper(setting.group)) + "\n";
        group = setting.group;
        const auto value = engine::setting_text({}, setting.name);
        text += ".TP\n" + bold(setting.name) + "\n" + man_text(sentence(setting.help)) + "\n" +
                man_text(sentence(engine::range_text(setting))) +
                (value.empty() ? "" : "\nDefault: " + man_text(value) + ".") + "\n";
    }
    return text + see_also_section({"rest-train(1)", "rest-sweep(1)", "rest-caption(1)"});
}

}  // namespace rest::app
