// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/evaluation/tables/paper_tables.h"

namespace rest::evaluation {

struct TableCell {
    std::string text;                 // of a cell without a value; empty: nothing was measured
    std::optional<double> value;      // as measured; not finite counts as none
    std::optional<double> deviation;  // over splits or seeds
    int decimals = 1;                 // shown, for value
    int deviation_decimals = 2;       // shown, for deviation

    static TableCell of(std::string text) { return {.text = std::move(text)}; }
    static TableCell of(double value, int decimals = 1) { return {.value = value, .decimals = decimals}; }
};

/// As it is shown: "49.7 ± 1.14", "49.7", a text, or "-" for nothing.
std::string shown(const TableCell& cell);

struct TableColumn {
    std::string group;  // above several columns; may be empty
    std::string name;
};

struct TableRow {
    std::string group;    // heading that rows share; may be empty
    std::string source;   // where the row's figures come from: run, step, seed; "Table 3" for the paper's
    bool greyed = false;  // the paper's rows
    std::vector<TableCell> cells;
};

/// A table for the screen and for export, whatever is in it. Rows shorter than the columns are filled with nothing.
struct ResultTable {
    std::string title;
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
    std::vector<std::string> provenance;  // what holds for all rows: data, settings, command
};

/// A table of the paper, all rows greyed, its source among the provenance.
ResultTable greyed(const PaperTable& paper);

// The writers give UTF-8; bytes that are none become U+FFFD.

/// RFC 4180 with a UTF-8 mark for spreadsheets and CRLF. Values in full precision; a column with deviations is followed
/// by "NAME deviation"; group and source are columns where any row has them. Provenance follows as records whose first
/// field alone is filled.
std::string to_csv(const ResultTable& table);

/// {"title", "columns": [{"group", "name"}], "rows": [{"group", "source", "greyed", "cells": [{"text", "value",
/// "deviation"}]}], "provenance": [...]}; values in full precision, null where there is none.
std::string to_json(const ResultTable& table);

/// A booktabs table; greyed rows need xcolor, a tick amssymb. Provenance and sources are comment lines.
std::string to_latex(const ResultTable& table);
/// Text with every character that LaTeX takes for its own written out, on one line.
std::string latex_escaped(const std::string& text);

}  // namespace rest::evaluation
