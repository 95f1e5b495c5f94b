// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rest::dataset {

/// Reads rows as RFC 4180 has them, with commas or another sign between fields: quoted fields may hold commas, line
/// ends and doubled quotes. A UTF-8 mark at the start and empty lines are passed over, and the apostrophe that keeps a
/// cell from being a formula is taken off (base/spreadsheet.h). The text must outlive the reader.
class CsvReader {
  public:
    explicit CsvReader(std::string_view text, char delimiter = ',');
    /// The next row; false after the last.
    bool next(std::vector<std::string>& row);
    /// The line, from 1, on which the last row began; an error message wants it.
    int64_t line() const { return line_; }

  private:
    std::string field();

    std::string_view text_;
    char ends_[2];  // of a field: delimiter, line end
    size_t at_ = 0;
    size_t counted_ = 0;  // line ends before it are in line_
    int64_t line_ = 1;
};

}  // namespace rest::dataset
