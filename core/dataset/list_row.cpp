// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/list_row.h"

#include <algorithm>
#include <array>
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

std::string label_text(std::string_view written) {
    constexpr std::array<std::string_view, 9> kNone = {"nan", "null", "na", "n/a", "#n/a", "<na>", "\\n", "-1", "-1.0"};
    written = trimmed(written);
    const bool none = std::any_of(kNone.begin(), kNone.end(), [&](auto word) { return iequals(word, written); });
    return none ? std::string() : std::string(written);
}

int class_number(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with(".0")) text.remove_suffix(2);
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? value : -1;
}

}  // namespace rest::dataset
