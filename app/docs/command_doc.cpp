// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/docs/command_doc.h"

#include <sstream>

namespace rest::app {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
    return parts;
}

// CLI11 appends allowed values to the type's name, "TEXT:{blip,clip}", or a map of words and values,
// "TEXT:value in {no->0,yes->1} OR {0,1}", of which users type the words.
std::vector<std::string> allowed_words(const std::string& type) {
    const auto open = type.find('{');
    const auto close = type.find('}', open);
    if (open == std::string::npos || close == std::string::npos) return {};
    auto words = split(type.substr(open + 1, close - open - 1), ',');
    for (auto& word : words) word = word.substr(0, word.find("->"));
    return words;
}

OptionDoc describe_option(const CLI::Option& option, const ValueWords& words) {
    OptionDoc doc;
    for (const auto& name : option.get_snames()) doc.names.push_back("-" + name);
    for (const auto& name : option.get_lnames()) doc.names.push_back("--" + name);
    if (doc.names.empty()) doc.names.push_back(option.get_name(true));
    doc.description = option.get_description();
    doc.required = option.get_required();
    doc.many = option.get_items_expected_max() > 1;
    if (option.get_items_expected_max() == 0) return doc;
    const auto type = option.get_type_name();
    doc.value = type.substr(0, type.find_first_of(":{ "));
    if (doc.value.empty()) doc.value = "VALUE";
    doc.words = allowed_words(type);
    if (const auto known = words.find(doc.value); doc.words.empty() && known != words.end()) doc.words = known->second;
    doc.default_text = option.get_default_str();
    return doc;
}

std::vector<NoteDoc> read_notes(const std::string& footer) {
    std::vector<NoteDoc> notes;
    for (const auto& line : split(footer, '\n')) {
        if (line.empty()) continue;
        if (line.front() != ' ') {
            notes.push_back({line.substr(0, line.find(':')), {}});
            continue;
        }
        const auto begin = line.find_first_not_of(' ');
        const auto end = line.find("  ", begin);
        const auto meaning = line.find_first_not_of(' ', end);
        if (notes.empty() || end == std::string::npos || meaning == std::string::npos)
            throw std::invalid_argument("Notes are titles and, indented below, terms, two spaces and a meaning: " +
                                        line);
        notes.back().terms.emplace_back(line.substr(begin, end - begin), line.substr(meaning));
    }
    return notes;
}

CommandDoc describe_command(const CLI::App& app, std::vector<std::string> path, const ValueWords& words) {
    CommandDoc doc{
        .path = std::move(path), .description = app.get_description(), .notes = read_notes(app.get_footer())};
    for (const auto* option : app.get_options({})) {
        if (option->get_group().empty()) continue;  // hidden
        (option->nonpositional() ? doc.options : doc.positionals).push_back(describe_option(*option, words));
    }
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        auto below = doc.path;
        below.push_back(command->get_name());
        doc.commands.push_back(describe_command(*command, std::move(below), words));
    }
    return doc;
}

void collect(const CommandDoc& command, std::vector<const CommandDoc*>& all) {
    all.push_back(&command);
    for (const auto& below : command.commands) collect(below, all);
}

}  // namespace

CommandDoc describe(const CLI::App& app, const std::string& program, const ValueWords& words) {
    return describe_command(app, {program}, words);
}

std::vector<const CommandDoc*> all_commands(const CommandDoc& command) {
    std::vector<const CommandDoc*> all;
    collect(command, all);
    return all;
}

std::string joined(const std::vector<std::string>& path, const std::string& separator) {
    std::string text;
    for (const auto& name : path) text += (text.empty() ? "" : separator) + name;
    return text;
}

}  // namespace rest::app
