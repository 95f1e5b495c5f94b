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
    if (at_ < text_.size() && text_[at_] == '"') {
        if (auto quoted = quoted_field()) return std::move(*quoted);
        const auto line = text_.substr(at_, std::min(text_.find('\n', at_), text_.size()) - at_);
        at_ += line.find('"', 1) == std::string_view::npos;
    }
    const size_t end = std::min(text_.find_first_of(std::string_view(ends_, 2), at_), text_.size());
    const auto plain = trimmed(text_.substr(at_, end - at_));
    at_ = end;
    return std::string(plain);
}

/// Empty if the quote is a stray one: at_ stays on it, so that it does not swallow the rows up to the next quote.
std::optional<std::string> CsvReader::quoted_field() {
    std::string quoted;
    for (size_t at = at_ + 1; at < text_.size(); ++at) {
        if (text_[at] != '"') {
            quoted += text_[at];
        } else if (at + 1 < text_.size() && text_[at + 1] == '"') {
            quoted += text_[at++];
        } else {
            const size_t end = std::min(text_.find_first_of(std::string_view(ends_, 2), at), text_.size());
            if (!trimmed(text_.substr(at + 1, end - at - 1)).empty()) return std::nullopt;
            at_ = end;
            return quoted;
        }
    }
    return std::nullopt;
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

char delimiter_of(std::string_view text, const std::function<bool(const std::vector<std::string>& header)>& fits) {
    for (const char delimiter : std::string_view(",;\t|")) {
        std::vector<std::string> header;
        if (CsvReader(text, delimiter).next(header) && fits(header)) return delimiter;
    }
    return 0;
}

std::string_view without_separator_line(std::string_view text) {
    if (!iequals(text.substr(0, 4), "sep=")) return text;
    const auto end = text.find('\n');
    return end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
}

}  // namespace rest::dataset
