// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "core/base/strings.h"
#include "core/evaluation/tables/table.h"
#include "core/text/unicode.h"

namespace rest::evaluation {
namespace {

std::string escaped(char32_t c) {
    switch (c) {
        case U'\\':
            return "\\textbackslash{}";
        case U'~':
            return "\\textasciitilde{}";
        case U'^':
            return "\\textasciicircum{}";
        case U'<':
            return "\\textless{}";
        case U'>':
            return "\\textgreater{}";
        case U'|':
            return "\\textbar{}";
        case U'"':
            return "\\textquotedbl{}";
        case U'±':
            return "$\\pm$";
        case U'✓':
            return "$\\checkmark$";
        case U'✗':
            return "$\\times$";
        case U'{':
        case U'}':
        case U'$':
        case U'&':
        case U'%':
        case U'#':
        case U'_':
            return {'\\', static_cast<char>(c)};
        default: {
            std::string out;
            text::unicode::append(out, c);
            return out;
        }
    }
}

/// A line break would end the comment: everything on one line.
std::string comment(const std::string& text) {
    return "% " + collapse_blanks(text::unicode::repaired(text)) + "\n";
}

/// Headings of column groups over the columns they span, with a rule below each; empty without groups.
std::string group_header(const std::vector<TableColumn>& columns) {
    if (std::all_of(columns.begin(), columns.end(), [](const auto& column) { return column.group.empty(); })) return {};
    std::string line, rules;
    for (size_t first = 0; first < columns.size();) {
        size_t end = first + 1;
        const auto& group = columns[first].group;
        while (!group.empty() && end < columns.size() && columns[end].group == group) ++end;
        if (first > 0) line += " & ";
        if (!group.empty()) {
            line += fmt::format("\\multicolumn{{{}}}{{c}}{{{}}}", end - first, latex_escaped(group));
            rules += fmt::format("\\cmidrule(lr){{{}-{}}}", first + 1, end);
        }
        first = end;
    }
    return line + " \\\\\n" + rules + "\n";
}

std::string body_row(const TableRow& row, size_t columns) {
    std::string line;
    for (size_t c = 0; c < columns; ++c) {
        const auto text = latex_escaped(shown(c < row.cells.size() ? row.cells[c] : TableCell()));
        if (c > 0) line += " & ";
        line += row.greyed ? "\\textcolor{gray}{" + text + "}" : text;
    }
    return line + " \\\\\n";
}

}  // namespace

std::string latex_escaped(const std::string& text) {
    std::string out;
    const std::string line = collapse_blanks(text::unicode::repaired(text));
    for (size_t position = 0; position < line.size();) out += escaped(text::unicode::next(line, position));
    return out;
}

std::string to_latex(const ResultTable& table) {
    std::string out = "% Needs \\usepackage{booktabs,xcolor,amssymb}\n";
    for (const auto& line : table.provenance) out += comment(line);
    const size_t columns = table.columns.size();
    out += "\\begin{table}\n\\centering\n\\caption{" + latex_escaped(table.title) + "}\n";
    out += "\\begin{tabular}{l" + std::string(columns > 0 ? columns - 1 : 0, 'r') + "}\n\\toprule\n";
    out += group_header(table.columns);
    for (size_t c = 0; c < columns; ++c) out += (c > 0 ? " & " : "") + latex_escaped(table.columns[c].name);
    out += " \\\\\n\\midrule\n";
    std::string group, source;
    for (const auto& row : table.rows) {
        if (row.group != group && !row.group.empty()) {
            out += fmt::format("\\multicolumn{{{}}}{{l}}{{\\emph{{{}}}}} \\\\\n", columns, latex_escaped(row.group));
        }
        if (row.source != source && !row.source.empty()) out += comment(row.source);
        group = row.group;
        source = row.source;
        out += body_row(row, columns);
    }
    return out + "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
}

}  // namespace rest::evaluation
