// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/csv.h"

#include <algorithm>

#include "core/base/spreadsheet.h"
#include "core/base/strings.h"

namespace rest::dataset {

CsvReader::CsvReader(std::string_view text, char delimiter) : text_(text), ends_{delimiter, '\n'} {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
}

/// Leaves at_ on the delimiter or line end after the field.
std::string CsvReader::field() {
    if (at_ >= text_.size() || text_[at_] != '"') {
        const size_t end = std::min(text_.find_first_of(std::string_view(ends_, 2), at_), text_.size());
        const auto plain = trimmed(text_.substr(at_, end - at_));
        at_ = end;
        return std::string(plain);
    }
    std::string quoted;
    for (++at_; at_ < text_.size(); ++at_) {
        if (text_[at_] != '"') {
            quoted += text_[at_];
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
            quoted += text_[at_++];
        } else {
            break;
        }
    }
    at_ = std::min(text_.find_first_of(std::string_view(ends_, 2), at_), text_.size());
    return quoted;
}

bool CsvReader::next(std::vector<std::string>& row) {
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
    row.clear();
    if (at_ >= text_.size()) return false;
    line_ +=
        std::count(text_.begin() + static_cast<int64_t>(counted_), text_.begin() + static_cast<int64_t>(at_), '\n');
    counted_ = at_;
    while (true) {
        row.emplace_back(without_spreadsheet_mark(field()));
        if (at_ >= text_.size() || text_[at_] == '\n') return true;
        ++at_;
    }
}

}  // namespace rest::dataset
