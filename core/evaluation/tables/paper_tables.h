// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rest::evaluation {

/// One printed cell of a table: text, or a number with or without its deviation.
struct PaperCell {
    std::string text;                          // as printed: "REST (Ours)", "49.7 ± 1.14", "-"
    std::optional<double> value;               // percent unless the table says otherwise
    std::optional<double> deviation;           // over the splits; the paper does not say which kind of deviation
    int decimals = 0, deviation_decimals = 0;  // as printed
};

struct PaperColumn {
    std::string group;  // heading above several columns, "HMDB-51" of Table 6; mostly empty
    std::string name;
};

struct PaperRow {
    std::string group;             // "Generative approaches"; empty if the table has no groups
    bool ours = false;             // the paper's own method
    std::vector<PaperCell> cells;  // one per column
};

struct PaperTable {
    std::string id;  // "1" to "6", "7a", "7b", "8", "9"; "sec-4" and "sec-5.3" for figures in the text
    std::string caption, source, note;
    std::vector<PaperColumn> columns;
    std::vector<PaperRow> rows;

    /// The paper's own row; every table has exactly one.
    const PaperRow& ours() const;
    /// The first column of this name (in this group, if given). Throws Error (not_found).
    size_t column(std::string_view name, std::string_view group = {}) const;
};

/// Reads resources/paper/tables.json. Throws Error (not_found, io, damaged) naming file and table.
std::vector<PaperTable> load_paper_tables(const std::filesystem::path& file);
/// The same from the program's own resources.
std::vector<PaperTable> load_paper_tables();

/// Throws Error (not_found) that lists the tables.
const PaperTable& paper_table(std::span<const PaperTable> tables, std::string_view id);

}  // namespace rest::evaluation
