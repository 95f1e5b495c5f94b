// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/evaluation/tables/paper_tables.h"

namespace rest::evaluation {

struct TableCell {
    std::string text;                 // for a cell without a value; empty: not measured
    std::optional<double> value;      // as measured; NaN and infinity count as none
    std::optional<double> deviation;  // over splits or seeds
    int decimals = 1;                 // shown, for value
    int deviation_decimals = 2;       // shown, for deviation

    static TableCell of(std::string text) { return {.text = std::move(text)}; }
    static TableCell of(double value, int decimals = 1) { return {.value = value, .decimals = decimals}; }
};

/// The cell as displayed: "49.7 ± 1.14", "49.7", text, or "-" if empty.
std::string shown(const TableCell& cell);

struct TableColumn {
    std::string group;  // above several columns; may be empty
    std::string name;
};

struct TableRow {
    std::string group;    // heading shared by rows; may be empty
    std::string source;   // origin of the row's figures: run, step, seed; "Table 3" for the paper's
    bool greyed = false;  // the paper's rows
    std::vector<TableCell> cells;
};

/// A generic table for the screen and for export. Rows shorter than the columns are padded with empty cells.
struct ResultTable {
    std::string title;
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
    std::vector<std::string> provenance;  // what applies to all rows: data, settings, command
};

/// A table of the paper, all rows greyed, its source added to the provenance.
ResultTable greyed(const PaperTable& paper);

// The writers output UTF-8; invalid bytes become U+FFFD.

/// RFC 4180 with a UTF-8 byte order mark for spreadsheets and CRLF. Values in full precision; a column with deviations
/// is followed by "NAME deviation"; group and source become columns if any row has them. Provenance follows as records
/// with only the first field filled.
std::string to_csv(const ResultTable& table);

/// {"title", "columns": [{"group", "name"}], "rows": [{"group", "source", "greyed", "cells": [{"text", "value",
/// "deviation"}]}], "provenance": [...]}; values in full precision, null if absent.
std::string to_json(const ResultTable& table);

/// A booktabs table; greyed rows need xcolor, a tick mark amssymb. Provenance and sources are comment lines.
std::string to_latex(const ResultTable& table);
/// Text with all LaTeX special characters escaped, on one line.
std::string latex_escaped(const std::string& text);

}  // namespace rest::evaluation
