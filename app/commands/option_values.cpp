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
    {"topic", "TOPIC", ""},
    {"folder", "PATH", ""},
    {"model", "MODEL", ""},
    {"out", "FOLDER", ""},
    {"names", "BENCHMARK", ""},
    {"--against", "RUN", ""},
    {"--annotator", "CODE", ""},
    {"--bundle", "FILE", ""},
    {"--captioner", "PATH", ""},
    {"--changed", "CHANGE", ""},
    {"--changed-clips", "CHOICE", ""},
    {"--class", "CLASS", ""},
    {"--clip", "PATH", ""},
    {"--config", "FILE", ""},
    {"--controls", "FILE", ""},
    {"--csv", "FILE", ""},
    {"--data", "FOLDER", ""},
    {"--device", "DEVICE", "auto, cpu, cuda or cuda:n"},
    {"--dir", "FOLDER", ""},
    {"--endpoint", "ADDRESS", ""},
    {"--export", "FOLDER", ""},
    {"--files", "FORM", ""},
    {"--filter", "NAME", ""},
    {"--find", "WORDS", ""},
    {"--folders", "MEANING", ""},
    {"--format", "FORMAT", ""},
    {"--instructions", "FILE", ""},
    {"--keep", "PROJECT", ""},
    {"--latex", "FILE", ""},
    {"--layout", "LAYOUT", ""},
    {"--lists", "FOLDER", ""},
    {"--margin", "RANGE", ""},
    {"--model", "PATH", ""},
    {"--name", "NAME", ""},
    {"--order", "ORDER", ""},
    {"--out", "PATH", ""},
    {"--people", "OPINION", ""},
    {"--predicted", "CLASS", ""},
    {"--preset", "PRESET", ""},
    {"--protocol", "PROTOCOL", ""},
    {"--reading", "READING", ""},
    {"--references", "FILE", ""},
    {"--release", "CODE", ""},
    {"--revision", "REVISION", ""},
    {"--seed", "", "Seed of the random numbers"},
    {"--set", "SETTING=VALUE", ""},
    {"--split", "SPLIT", ""},
    {"--study", "NAME", ""},
    {"--tag", "TAG", ""},
    {"--template", "TEXT", ""},
    {"--ties", "RULE", ""},
    {"--training", "FILE", ""},
    {"--vary", "SETTING=VALUES", ""},
    {"--video", "NAME", ""},
    {"--words", "WORDS", ""},
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
        {"CHANGE", {"became_right", "became_wrong", "other_class", "same", "only_here"}},
        {"DEVICE", {"auto", "cpu", "cuda"}},
        {"FORM", {"none", "links", "copies"}},
        {"LAYOUT", {"auto", "kinetics", "ucf101", "hmdb51", "mmaction2", "flat"}},
        {"OPINION", {"disagree", "all_yes", "all_no", "unasked"}},
        {"ORDER", {"video", "least_sure", "most_sure", "worst_place"}},
        {"PRESET", engine::preset_names()},
        {"READING", {"right", "wrong", "unlabelled"}},
        {"RULE", {"no", "yes", "leave_out"}},
        {"SPLIT", {"train", "val", "test"}},
        {"MEANING", {"auto", "splits", "classes"}},
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
