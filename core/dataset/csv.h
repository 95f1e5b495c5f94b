// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rest::dataset {

/// Reads rows as in RFC 4180, with commas or another delimiter: quoted fields may contain commas, line ends and doubled
/// quotes. A quote that does not begin such a field is dropped if its line has no other, and kept if it has. A byte
/// order mark and empty lines are skipped, and the apostrophe that keeps a cell from being a formula is removed
/// (base/spreadsheet.h). The text must outlive the reader.
class CsvReader {
  public:
    explicit CsvReader(std::string_view text, char delimiter = ',');
    /// The next row; false after the last.
    bool next(std::vector<std::string>& row);
    /// The line, from 1, on which the last row began; for error messages.
    int64_t line() const { return line_; }

  private:
    std::string field();
    std::optional<std::string> quoted_field();

    std::string_view text_;
    char ends_[2];  // of a field: delimiter, line end
    size_t at_ = 0;
    size_t counted_ = 0;  // line ends before this position are counted in line_
    int64_t line_ = 1;
};

/// The delimiter, one of , ; tab and |, with which the first line is a header that `fits`; 0 if there is none.
/// Spreadsheets write the one of their language.
char delimiter_of(std::string_view text, const std::function<bool(const std::vector<std::string>& header)>& fits);

/// Excel's own first line "sep=;" is not part of the table.
std::string_view without_separator_line(std::string_view text);

}  // namespace rest::dataset
