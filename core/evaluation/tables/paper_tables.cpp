// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/tables/paper_tables.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/strings.h"

namespace rest::evaluation {
namespace {

using nlohmann::json;

constexpr std::string_view kPlusMinus = "±";

struct Number {
    double value = 0;
    int decimals = 0;
};

std::optional<Number> number(std::string_view text) {
    text = trimmed(text);
    Number out;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    const auto point = text.find('.');
    if (point != std::string_view::npos) out.decimals = static_cast<int>(text.size() - point - 1);
    return out;
}

PaperCell read_cell(const std::string& text) {
    PaperCell cell{.text = text};
    const auto sign = text.find(kPlusMinus);
    const auto value = number(std::string_view(text).substr(0, sign));
    if (!value) return cell;
    if (sign != std::string::npos) {
        const auto deviation = number(std::string_view(text).substr(sign + kPlusMinus.size()));
        if (!deviation) return cell;
        cell.deviation = deviation->value;
        cell.deviation_decimals = deviation->decimals;
    }
    cell.value = value->value;
    cell.decimals = value->decimals;
    return cell;
}

PaperTable read_table(const json& from) {
    PaperTable table{from.at("id"), from.at("caption"), from.at("source"), from.value("note", ""), {}, {}};
    for (const auto& column : from.at("columns")) {
        if (column.is_string())
            table.columns.push_back({{}, column});
        else
            table.columns.push_back({column.at("group"), column.at("name")});
    }
    for (const auto& row : from.at("rows")) {
        PaperRow read{row.value("group", ""), row.value("ours", false), {}};
        for (const auto& cell : row.at("cells")) read.cells.push_back(read_cell(cell));
        table.rows.push_back(std::move(read));
    }
    return table;
}

void check(const PaperTable& table, const std::string& file) {
    const auto fail = [&](const std::string& what) {
        throw Error(ErrorCode::damaged, file + ": table " + table.id + " " + what, "Install REST Studio again.");
    };
    for (const auto& row : table.rows) {
        if (row.cells.size() != table.columns.size()) {
            fail("has a row of " + std::to_string(row.cells.size()) + " cells under " +
                 std::to_string(table.columns.size()) + " columns");
        }
    }
    const auto ours = std::count_if(table.rows.begin(), table.rows.end(), [](const auto& row) { return row.ours; });
    if (ours != 1) fail("marks " + std::to_string(ours) + " rows as the paper's own instead of one");
}

}  // namespace

const PaperRow& PaperTable::ours() const {
    return *std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.ours; });
}

size_t PaperTable::column(std::string_view name, std::string_view group) const {
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const auto& column) {
        return column.name == name && (group.empty() || column.group == group);
    });
    if (at != columns.end()) return static_cast<size_t>(at - columns.begin());
    throw Error(ErrorCode::not_found, "The paper's table " + id + " has no column " + std::string(name));
}

std::vector<PaperTable> load_paper_tables(const std::filesystem::path& file) {
    const std::string text = read_file(file);
    std::vector<PaperTable> tables;
    try {
        const json document = json::parse(text);
        for (const auto& table : document.at("tables")) tables.push_back(read_table(table));
    } catch (const json::exception& e) {
        throw Error(ErrorCode::damaged, file.string() + " is not a list of tables: " + e.what(),
                    "Install REST Studio again.");
    }
    for (const auto& table : tables) check(table, file.string());
    return tables;
}

std::vector<PaperTable> load_paper_tables() {
    return load_paper_tables(resources_dir() / "paper" / "tables.json");
}

const PaperTable& paper_table(std::span<const PaperTable> tables, std::string_view id) {
    std::string known;
    for (const auto& table : tables) {
        if (table.id == id) return table;
        known += (known.empty() ? "" : ", ") + table.id;
    }
    throw Error(ErrorCode::not_found, "The paper has no table " + std::string(id), "Choose one of " + known + ".");
}

}  // namespace rest::evaluation
