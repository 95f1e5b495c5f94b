// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/list_line.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/strings.h"

namespace rest::dataset {
namespace {

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

ListLine read_list_line(std::string_view line) {
    ListLine out{trimmed(line), {}};
    while (true) {
        const auto blank = out.path.find_last_of(" \t");
        if (blank == std::string_view::npos) break;
        const auto number = whole_number(out.path.substr(blank + 1));
        if (!number) break;
        out.numbers.insert(out.numbers.begin(), *number);
        out.path = trimmed(out.path.substr(0, blank));
    }
    return out;
}

int number_after(std::string_view name, std::string_view word) {
    const auto at = name.rfind(word);
    if (at == std::string_view::npos) return 0;
    std::string_view rest = name.substr(at + word.size());
    if (rest.starts_with('_')) rest.remove_prefix(1);
    int value = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), value);
    return value;
}

}  // namespace rest::dataset
