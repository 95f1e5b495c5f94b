// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/plain_text.h"

#include <algorithm>
#include <vector>

#include "core/base/strings.h"

namespace rest::help {
namespace {

using Row = std::vector<std::string>;

/// Columns of a terminal. Lead bytes from 0xE3 begin the CJK and full-width blocks.
size_t width_of(std::string_view text) {
    size_t width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) continue;
        width += byte >= 0xE3U ? 2 : 1;
    }
    return width;
}

/// "[text](target)" becomes "text"; `code` and ** lose their marks, and so does *emphasis*, whose star stands before a
/// letter, unlike that of "*.mp4" or "3 * 4".
std::string inline_text(std::string_view line) {
    std::string out;
    bool code = false;
    bool emphasis = false;
    for (size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '`') {
            code = !code;
            continue;
        }
        if (!code && line.substr(i, 2) == "**") {
            ++i;
            continue;
        }
        const bool before_letter = i + 1 < line.size() && line[i + 1] != ' ' && line[i + 1] != '.';
        if (!code && line[i] == '*' && (emphasis || before_letter)) {
            emphasis = !emphasis;
            continue;
        }
        if (!code && line[i] == '[') {
            const auto middle = line.find("](", i);
            const auto end = middle == std::string_view::npos ? middle : line.find(')', middle);
            if (end != std::string_view::npos) {
                out += line.substr(i + 1, middle - i - 1);
                i = end;
                continue;
            }
        }
        out += line[i];
    }
    return out;
}

Row cells_of(std::string_view line) {
    line.remove_prefix(1);
    if (line.ends_with('|')) line.remove_suffix(1);
    Row cells;
    for (const auto& cell : split(line, '|')) cells.push_back(inline_text(trimmed(cell)));
    return cells;
}

std::string table_text(const std::vector<Row>& rows) {
    std::vector<size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    }
    std::string out;
    for (const auto& row : rows) {
        if (std::ranges::all_of(row, &std::string::empty)) continue;
        std::string line = " ";
        for (size_t i = 0; i < row.size(); ++i)
            line += " " + row[i] + std::string(widths[i] - width_of(row[i]) + 1, ' ');
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

bool is_rule(std::string_view line) {
    return line.find_first_not_of("|-: ") == std::string_view::npos;
}

}  // namespace

std::string plain_text(std::string_view markdown) {
    std::string out;
    std::vector<Row> table;
    for (const auto& line : split_lines(markdown)) {
        if (line.starts_with('|')) {
            if (!is_rule(line)) table.push_back(cells_of(line));
            continue;
        }
        out += table_text(table);
        table.clear();
        if (line.starts_with("    ")) {  // code
            out += line + "\n";
            continue;
        }
        const auto level = line.find_first_not_of('#');
        if (level == 0 || level == std::string::npos) {
            out += inline_text(line) + "\n";
            continue;
        }
        const auto title = inline_text(trimmed(std::string_view(line).substr(level)));
        out += title + "\n" + std::string(width_of(title), level == 1 ? '=' : '-') + "\n";
    }
    return out + table_text(table);
}

}  // namespace rest::help
