// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/spreadsheet.h"
#include "core/evaluation/tables/table.h"
#include "core/text/unicode.h"

namespace rest::evaluation {
namespace {

constexpr const char* kMark = "\xEF\xBB\xBF";
constexpr const char* kLineEnd = "\r\n";

std::string text_field(const std::string& raw) {
    return csv_text(text::unicode::repaired(raw));
}

std::string number_field(double number) {
    return csv_field(fmt::format("{}", number));
}

/// A cell without a value. Our dash for empty cells needs no escaping.
std::string words_field(const std::string& words) {
    return words == "-" ? words : text_field(words);
}

bool is_number(const std::optional<double>& value) {
    return value && std::isfinite(*value);
}

class Writer {
  public:
    explicit Writer(const ResultTable& table) : table_(table) {
        for (const auto& row : table.rows) {
            has_groups_ |= !row.group.empty();
            has_sources_ |= !row.source.empty();
        }
        for (size_t c = 0; c < table.columns.size(); ++c) {
            has_deviation_.push_back(std::any_of(table.rows.begin(), table.rows.end(), [c](const auto& row) {
                return c < row.cells.size() && is_number(row.cells[c].deviation);
            }));
        }
    }

    std::string run() {
        std::vector<std::string> fields;
        if (has_groups_) fields.emplace_back("Group");
        for (size_t c = 0; c < table_.columns.size(); ++c) {
            const auto& [group, name] = table_.columns[c];
            const auto whole = group.empty() ? name : group + " " + name;
            fields.push_back(text_field(whole));
            if (has_deviation_[c]) fields.push_back(text_field(whole + " deviation"));
        }
        if (has_sources_) fields.emplace_back("Source");
        const size_t width = fields.size();
        record(fields);
        for (const auto& row : table_.rows) record(fields_of(row));
        for (const auto& line : table_.provenance) {
            fields.assign(std::max<size_t>(width, 1), "");
            fields.front() = text_field(line);
            record(fields);
        }
        return std::move(out_);
    }

  private:
    std::vector<std::string> fields_of(const TableRow& row) const {
        std::vector<std::string> fields;
        if (has_groups_) fields.push_back(text_field(row.group));
        for (size_t c = 0; c < table_.columns.size(); ++c) {
            const TableCell cell = c < row.cells.size() ? row.cells[c] : TableCell();
            fields.push_back(is_number(cell.value) ? number_field(*cell.value) : words_field(cell.text));
            if (!has_deviation_[c]) continue;
            fields.push_back(is_number(cell.deviation) ? number_field(*cell.deviation) : std::string());
        }
        if (has_sources_) fields.push_back(text_field(row.source));
        return fields;
    }

    /// `fields` are written unchanged.
    void record(const std::vector<std::string>& fields) {
        for (size_t i = 0; i < fields.size(); ++i) {
            if (i > 0) out_ += ',';
            out_ += fields[i];
        }
        out_ += kLineEnd;
    }

    const ResultTable& table_;
    bool has_groups_ = false, has_sources_ = false;
    std::vector<bool> has_deviation_;
    std::string out_ = kMark;
};

}  // namespace

std::string to_csv(const ResultTable& table) {
    return Writer(table).run();
}

}  // namespace rest::evaluation
