// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/tables/table.h"

#include <fmt/format.h>

#include <cmath>

namespace rest::evaluation {

std::string shown(const TableCell& cell) {
    if (!cell.value || !std::isfinite(*cell.value)) return cell.text.empty() ? "-" : cell.text;
    const auto value = fmt::format("{:.{}f}", *cell.value, cell.decimals);
    if (!cell.deviation || !std::isfinite(*cell.deviation)) return value;
    return fmt::format("{} ± {:.{}f}", value, *cell.deviation, cell.deviation_decimals);
}

ResultTable greyed(const PaperTable& paper) {
    ResultTable table{.title = paper.caption};
    for (const auto& column : paper.columns) table.columns.push_back({column.group, column.name});
    for (const auto& row : paper.rows) {
        TableRow grey{.group = row.group, .source = paper.source, .greyed = true};
        for (const auto& cell : row.cells) {
            grey.cells.push_back({cell.text, cell.value, cell.deviation, cell.decimals, cell.deviation_decimals});
        }
        table.rows.push_back(std::move(grey));
    }
    table.provenance.push_back("Grey: figures as printed in the paper, " + paper.source);
    if (!paper.note.empty()) table.provenance.push_back(paper.note);
    return table;
}

}  // namespace rest::evaluation
