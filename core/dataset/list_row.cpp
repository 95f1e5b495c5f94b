// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/list_row.h"

#include <charconv>

#include "core/base/strings.h"

namespace rest::dataset {

bool SplitColumn::read(std::string_view written, std::optional<Split> otherwise, ListRow& row) {
    row.split = trimmed(written).empty() ? otherwise : split_from_string(written);
    if (row.split || trimmed(written).empty()) return true;
    if (left_out_++ == 0) example_ = written;
    return false;
}

void SplitColumn::tell(std::vector<std::string>& notes) const {
    if (left_out_ == 0) return;
    notes.push_back(std::to_string(left_out_) + " rows have a split other than train, val or test, such as \"" +
                    example_ + "\", and were left out");
}

int class_number(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with(".0")) text.remove_suffix(2);
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? value : -1;
}

}  // namespace rest::dataset
