// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/protocols/protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"

namespace rest::evaluation {
namespace {

constexpr std::array kShots = {2, 4, 8, 16};
constexpr int kOfficialSplits = 3;
constexpr int kSupervisedEpochs = 60;  // Table 10, "REST training", also used for Table 8's model
constexpr int kFewShotClips = 400, kFewestEpochs = 30;

/// The differences between the two sets that have three splits of training and test clips.
struct SplitSet {
    ProtocolData data;
    std::string prefix, title, column;
    std::string needs;
};

std::array<SplitSet, 2> split_sets() {
    return {{{ProtocolData::hmdb51, "hmdb51", "HMDB51", "HMDB-51",
              "The HMDB51 clips, in class folders or not, and the official folder of <class>_test_split1.txt to "
              "<class>_test_split3.txt (testTrainMulti_7030_splits), which is not shipped."},
             {ProtocolData::ucf101, "ucf101", "UCF101", "UCF-101",
              "The UCF101 clips, in class folders or not. The official splits are shipped; a lists folder with "
              "trainlist01.txt and testlist01.txt replaces them."}}};
}

Protocol zero_shot(const SplitSet& set) {
    return {.name = set.prefix + "-zero-shot",
            .title = set.title + ", zero-shot",
            .needs = set.needs,
            .data = set.data,
            .paper = PaperPlace{"3", "", set.column, ""},
            .splits = kOfficialSplits};
}

Protocol few_shot(const SplitSet& set, int shots) {
    return {.name = fmt::format("{}-few-shot-{}", set.prefix, shots),
            .title = fmt::format("{}, {} training clips per class", set.title, shots),
            .needs = set.needs,
            .data = set.data,
            .paper = PaperPlace{"6", set.column, std::to_string(shots), ""},
            .splits = kOfficialSplits,
            .trains = true,
            .shots = shots,
            .epochs = few_shot_epochs(shots)};
}

Protocol supervised(const SplitSet& set) {
    return {.name = set.prefix + "-supervised",
            .title = set.title + ", trained on class names",
            .needs = set.needs,
            .data = set.data,
            .splits = kOfficialSplits,
            .trains = true,
            .epochs = kSupervisedEpochs};
}

Protocol kinetics220(bool among_all) {
    return {.name = among_all ? "kinetics220-generalised" : "kinetics220-split",
            .title = among_all ? "Kinetics-220, 1 of 620 classes" : "Kinetics-220, 1 of 160 classes",
            .needs =
                "The Kinetics-600 test clips of the 220 new classes, named <id>_<start>_<end>. Chen & Huang's three "
                "splits are shipped; a lists folder with their class indices (.json) and videos (.jsonl or "
                ".jsonl.gz) replaces them.",
            .data = ProtocolData::kinetics220,
            .paper = PaperPlace{among_all ? "5" : "4", "", "Top-1", "Top-5"},
            .splits = kOfficialSplits,
            .among_all = among_all};
}

}  // namespace

int few_shot_epochs(int shots) {
    return std::max(kFewShotClips / shots, kFewestEpochs);
}

std::vector<Protocol> protocols() {
    const std::string kinetics = "Kinetics-400 in val/<class>/ folders or with its CSV lists";
    std::vector<Protocol> all = {{.name = "project-val",
                                  .title = "The project's own labelled clips",
                                  .needs = "Labelled clips in the project's split val, or test where val has none."},
                                 {.name = "kinetics400-val",
                                  .title = "Kinetics-400 validation",
                                  .needs = kinetics + "; a lists folder with val.csv tells which clips are missing.",
                                  .data = ProtocolData::kinetics400,
                                  .paper = PaperPlace{"2", "", "Top-1", "Top-5"}}};
    const auto sets = split_sets();
    for (const auto& set : sets) all.push_back(zero_shot(set));
    all.push_back(kinetics220(false));
    all.push_back(kinetics220(true));
    for (const auto& set : sets) {
        for (const int shots : kShots) all.push_back(few_shot(set, shots));
    }
    all.push_back({.name = "kinetics400-supervised",
                   .title = "Kinetics-400, trained on class names",
                   .needs = kinetics + ", its train clips too.",
                   .data = ProtocolData::kinetics400,
                   .paper = PaperPlace{"8", "", "Top-1", "Top-5"},
                   .trains = true,
                   .epochs = kSupervisedEpochs});
    for (const auto& set : sets) all.push_back(supervised(set));
    return all;
}

Protocol protocol_named(std::string_view name) {
    std::string known;
    for (auto& protocol : protocols()) {
        if (protocol.name == name) return std::move(protocol);
        known += (known.empty() ? "" : ", ") + protocol.name;
    }
    throw Error(ErrorCode::invalid_argument, "There is no protocol \"" + std::string(name) + "\"",
                "Choose one of " + known + ".");
}

std::optional<PaperFigures> paper_figures(const Protocol& protocol, std::span<const PaperTable> tables) {
    if (!protocol.paper) return std::nullopt;
    const auto& place = *protocol.paper;
    const auto& table = paper_table(tables, place.table);
    const auto& cells = table.ours().cells;
    PaperFigures figures{.method = cells.front().text, .source = table.source};
    if (!place.top1.empty()) figures.top1 = cells[table.column(place.top1, place.group)];
    if (!place.top5.empty()) figures.top5 = cells[table.column(place.top5, place.group)];
    return figures;
}

}  // namespace rest::evaluation
