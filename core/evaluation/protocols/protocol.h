// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/evaluation/tables/paper_tables.h"

namespace rest::evaluation {

/// The data set whose clips and classes a protocol measures on.
enum class ProtocolData { project, kinetics400, kinetics220, ucf101, hmdb51 };

/// The place of the paper's own figures for a protocol: the row of its own method in one of its tables.
struct PaperPlace {
    std::string table;       // id in paper_tables.h
    std::string group;       // above the columns, Table 6 only
    std::string top1, top5;  // column names; empty: not printed
};

/// One way of measuring (Sec. 5.1), with the name used in the UI and in scripts.
struct Protocol {
    std::string name;   // "ucf101-few-shot-4"
    std::string title;  // "UCF101, 4 training clips per class"
    std::string needs;  // for the user: the folder and lists it requires
    ProtocolData data = ProtocolData::project;
    std::optional<PaperPlace> paper;  // empty: the paper has no such figures
    int splits = 1;                   // measured one by one; mean and deviation over them are reported
    bool among_all = false;           // Kinetics-220: ranked among all 620 names instead of the split's 160
    bool trains = false;              // fine-tuned on class names before measuring
    int shots = 0;                    // training clips per class (M); 0: all of them
    int epochs = 0;                   // of that training; 0 if none
};

/// All protocols, in the order of the paper's tables:
///   project-val                               the project's own labelled clips
///   kinetics400-val                           Table 2
///   hmdb51-zero-shot, ucf101-zero-shot        Table 3, 3 official splits, ranked among all 51 or 101 names
///   kinetics220-split, -generalised           Tables 4 and 5, 3 splits, ranked among 160 or 620 names
///   hmdb51-few-shot-M, ucf101-few-shot-M      Table 6, M = 2, 4, 8, 16, 3 splits
///   kinetics400-, hmdb51-, ucf101-supervised  Table 8 (the paper has only Kinetics-400), 60 epochs (Table 10)
std::vector<Protocol> protocols();

/// Throws Error (invalid_argument) that lists the protocols.
Protocol protocol_named(std::string_view name);

/// Epochs of fine-tuning with `shots` clips per class: max(400 / shots, 30) as in Table 10, so 200, 100, 50 and 30.
/// Sec. 5.1 states 50 epochs for 16 shots, which contradicts the formula; we follow the table. Requires shots > 0.
int few_shot_epochs(int shots);

/// The paper's own figures for a protocol; cells have no value if it prints none.
struct PaperFigures {
    std::string method, source;  // "REST (Ours)", "Table 3"
    PaperCell top1, top5;
};
std::optional<PaperFigures> paper_figures(const Protocol& protocol, std::span<const PaperTable> tables);

}  // namespace rest::evaluation
