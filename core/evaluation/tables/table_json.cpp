// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/evaluation/tables/table.h"

namespace rest::evaluation {
namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json json_of(const TableRow& row, size_t columns) {
    Json cells = Json::array();
    for (size_t c = 0; c < columns; ++c) {
        const TableCell cell = c < row.cells.size() ? row.cells[c] : TableCell();
        cells.push_back({{"text", shown(cell)}, {"value", number(cell.value)}, {"deviation", number(cell.deviation)}});
    }
    return {{"group", row.group}, {"source", row.source}, {"greyed", row.greyed}, {"cells", cells}};
}

}  // namespace

std::string to_json(const ResultTable& table) {
    Json columns = Json::array(), rows = Json::array();
    for (const auto& column : table.columns) columns.push_back({{"group", column.group}, {"name", column.name}});
    for (const auto& row : table.rows) rows.push_back(json_of(row, table.columns.size()));
    const Json document = {
        {"title", table.title}, {"columns", columns}, {"rows", rows}, {"provenance", table.provenance}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rest::evaluation
