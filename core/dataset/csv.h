// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rest::dataset {

/// Reads rows as in RFC 4180, with commas or another delimiter: quoted fields may contain commas, line ends and doubled
/// quotes. A byte order mark and empty lines are skipped, and the apostrophe that keeps a cell from being a formula is
/// removed (base/spreadsheet.h). The text must outlive the reader.
class CsvReader {
  public:
    explicit CsvReader(std::string_view text, char delimiter = ',');
    /// The next row; false after the last.
    bool next(std::vector<std::string>& row);
    /// The line, from 1, on which the last row began; for error messages.
    int64_t line() const { return line_; }

  private:
    std::string field();

    std::string_view text_;
    char ends_[2];  // of a field: delimiter, line end
    size_t at_ = 0;
    size_t counted_ = 0;  // line ends before this position are counted in line_
    int64_t line_ = 1;
};

}  // namespace rest::dataset
