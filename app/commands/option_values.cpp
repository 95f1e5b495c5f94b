// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/option_values.h"

#include <algorithm>

#include "core/bench/bench.h"
#include "core/engine/settings/train_settings.h"
#include "core/evaluation/protocols/protocol.h"

namespace rest::app {
namespace {

struct SharedOption {
    const char* name;         // as typed; of a positional its name alone
    const char* value;        // what it takes; empty for flags and numbers
    const char* description;  // used if the command gives none
};

constexpr SharedOption kShared[] = {
    {"--help", "", "Print this help and exit"},
    {"--json", "", "One JSON document on standard output; all else goes to standard error"},
    {"project", "PROJECT", "Project folder, NAME.rest"},
    {"clips", "FILE", "Video files"},
    {"files", "FILE", "Files to read"},
    {"checkpoint", "PATH", ""},
    {"source", "PATH", ""},
    {"out", "FOLDER", ""},
    {"names", "BENCHMARK", ""},
    {"--annotator", "CODE", ""},
    {"--bundle", "FILE", ""},
    {"--captioner", "PATH", ""},
    {"--clip", "PATH", ""},
    {"--config", "FILE", ""},
    {"--controls", "FILE", ""},
    {"--csv", "FILE", ""},
    {"--data", "FOLDER", ""},
    {"--device", "DEVICE", "auto, cpu, cuda or cuda:n"},
    {"--dir", "FOLDER", ""},
    {"--instructions", "FILE", ""},
    {"--keep", "PROJECT", ""},
    {"--latex", "FILE", ""},
    {"--layout", "LAYOUT", ""},
    {"--lists", "FOLDER", ""},
    {"--model", "PATH", ""},
    {"--name", "NAME", ""},
    {"--out", "PATH", ""},
    {"--preset", "PRESET", ""},
    {"--protocol", "PROTOCOL", ""},
    {"--references", "FILE", ""},
    {"--release", "CODE", ""},
    {"--seed", "", "Of the random numbers"},
    {"--set", "SETTING=VALUE", ""},
    {"--study", "NAME", ""},
    {"--template", "TEXT", ""},
    {"--ties", "RULE", ""},
    {"--training", "FILE", ""},
    {"--vary", "SETTING=VALUES", ""},
    {"--video", "NAME", ""},
};

std::string typed_name(const CLI::Option& option) {
    return option.get_lnames().empty() ? option.get_name(true) : "--" + option.get_lnames().front();
}

}  // namespace

void describe_values(CLI::App& app) {
    for (auto* option : app.get_options()) {
        const auto* shared = std::ranges::find(kShared, typed_name(*option), &SharedOption::name);
        if (shared == std::end(kShared)) continue;
        if (option->get_description().empty()) option->description(shared->description);
        if (*shared->value != '\0' && option->get_items_expected_max() > 0) option->type_name(shared->value);
    }
    for (auto* command : app.get_subcommands([](CLI::App*) { return true; })) describe_values(*command);
}

std::map<std::string, std::vector<std::string>> value_words() {
    std::map<std::string, std::vector<std::string>> words = {
        {"DEVICE", {"auto", "cpu", "cuda"}},  {"LAYOUT", {"auto", "kinetics", "ucf101", "hmdb51", "mmaction2", "flat"}},
        {"PRESET", engine::preset_names()},   {"RULE", {"no", "yes", "leave_out"}},
        {"THEME", {"auto", "light", "dark"}},
    };
    for (const auto& name : bench::bench_names()) words["BENCHMARK"].push_back(name);
    for (const char* name : {"decode", "store", "views"}) words["BENCHMARK"].emplace_back(name);
    for (const auto& protocol : evaluation::protocols()) words["PROTOCOL"].push_back(protocol.name);
    for (const auto& setting : engine::setting_infos()) {
        const auto word = setting.name + "=";
        words["SETTING=VALUE"].push_back(word);
        words["SETTING=VALUES"].push_back(word);
        if (!setting.choices.empty()) words[word] = setting.choices;
        if (setting.kind == engine::SettingInfo::Kind::boolean) words[word] = {"true", "false"};
    }
    return words;
}

}  // namespace rest::app
