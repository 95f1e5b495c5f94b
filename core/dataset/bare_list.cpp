// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/bare_list.h"

#include <algorithm>
#include <tuple>

#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/dataset/list_line.h"
#include "core/dataset/name_keys.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {
namespace {

constexpr std::string_view kDelimiters = "\t;,|";
constexpr int kLinesLookedAt = 50;
constexpr size_t kMostColumns = 4;  // in which a path is searched for

bool names_video(std::string_view field) {
    return without_video_extensions(field).size() < field.size();
}

std::string unquoted(std::string_view text) {
    text = trimmed(text);
    for (const char quote : {'"', '\''}) {
        if (text.size() > 1 && text.front() == quote && text.back() == quote) text = text.substr(1, text.size() - 2);
    }
    return std::string(text);
}

/// The end of a path that may contain spaces: after the first video extension followed by whitespace or the line's end.
size_t end_of_path(std::string_view line) {
    for (size_t blank = line.find_first_of(" \t"); blank != std::string_view::npos;
         blank = line.find_first_of(" \t", blank + 1)) {
        if (names_video(line.substr(0, blank))) return blank;
    }
    return std::string_view::npos;
}

/// "a b.avi 3" -> "a b.avi", "3". Without an extension, numbers at the end are split off, or else the first space ends
/// the path.
std::vector<std::string> blank_fields(std::string_view line) {
    line = trimmed(line);
    std::vector<std::string> fields;
    std::string_view rest;
    if (line.size() > 1 && (line.front() == '"' || line.front() == '\'')) {
        const size_t close = std::min(line.find(line.front(), 1), line.size());
        fields.emplace_back(line.substr(1, close - 1));
        rest = line.substr(std::min(close + 1, line.size()));
    } else if (const size_t end = end_of_path(line); end != std::string_view::npos) {
        fields.emplace_back(line.substr(0, end));
        rest = line.substr(end);
    } else {
        const auto read = read_list_line(line);
        const bool by_number = names_video(read.path) || read.path.size() < line.size();
        const auto path = by_number ? read.path : line.substr(0, line.find_first_of(" \t"));
        fields.emplace_back(path);
        rest = line.substr(path.size());
    }
    for (rest = trimmed(rest); !rest.empty(); rest = trimmed(rest)) {
        // A name may contain spaces: only numbers are split off one by one.
        const auto word = rest.substr(0, rest.find_first_of(" \t"));
        const auto taken = class_number(word) >= 0 ? word : rest;
        fields.push_back(unquoted(taken));
        rest.remove_prefix(taken.size());
    }
    return fields;
}

std::vector<std::string> fields_of(std::string_view line, char delimiter) {
    if (delimiter == ' ') return blank_fields(line);
    std::vector<std::string> fields;
    CsvReader(line, delimiter).next(fields);
    for (auto& field : fields) field = unquoted(field);
    return fields;
}

/// False for empty lines and comments; a comment begins "# ", as video names may begin with '#'.
bool says_something(std::string_view line) {
    return !trimmed(line).empty() && !line.starts_with("# ");
}

void read_label(const std::vector<std::string>& fields, size_t column, ListRow& row, bool& several) {
    std::vector<std::string> behind(fields.begin() + static_cast<std::ptrdiff_t>(column) + 1, fields.end());
    std::erase_if(behind, [](const auto& field) { return field.empty(); });
    if (behind.size() > 1) {
        if (const auto split = split_from_string(behind.back())) {
            row.split = split;
            behind.pop_back();
        }
    }
    if (behind.empty() && column > 0) behind.push_back(fields[column - 1]);
    if (behind.empty()) return;
    if (behind.front().find_first_not_of("-+.0123456789") != std::string::npos)
        row.label = behind.front();
    else if (behind.size() == 1)
        row.number = class_number(behind.front());
    else
        several = true;
}

/// If the first line has no path and no other name has an extension, it is an unknown header ("take,score").
bool first_line_fits(const std::vector<std::string>& lines, const BareForm& form, const KnowsClip& knows) {
    const auto path_of = [&](const std::string& line) {
        const auto fields = fields_of(line, form.delimiter);
        return form.column < fields.size() ? fields[form.column] : std::string();
    };
    const auto first = path_of(lines.front());
    if (names_video(first) || (!first.empty() && knows(first))) return true;
    return std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return names_video(path_of(line)); });
}

}  // namespace

BareForm bare_form(std::string_view beginning, const KnowsClip& knows) {
    std::vector<std::string> lines;
    for (auto& line : split_lines(beginning)) {
        if (!says_something(line)) continue;
        lines.push_back(std::move(line));
        if (std::ssize(lines) == kLinesLookedAt) break;
    }
    BareForm best;
    std::tuple<int, int, int> best_rank{0, 0, 0};
    for (const char delimiter : std::string(kDelimiters) + ' ') {
        int known[kMostColumns] = {}, hits[kMostColumns] = {}, several = 0;
        for (const auto& line : lines) {
            const auto fields = fields_of(line, delimiter);
            several += fields.size() > 1;
            for (size_t i = 0; i < std::min(fields.size(), kMostColumns); ++i) {
                const bool is_here = !fields[i].empty() && knows(fields[i]);
                known[i] += is_here;
                hits[i] += is_here || names_video(fields[i]);
            }
        }
        for (size_t i = 0; i < kMostColumns; ++i) {
            // Existing videos count most; then the delimiter that splits lines.
            const std::tuple rank{known[i], hits[i], several};
            if (hits[i] == 0 || rank <= best_rank) continue;
            best_rank = rank;
            best = {delimiter, i, static_cast<double>(hits[i]) / static_cast<double>(lines.size())};
        }
    }
    if (best.share > 0 && !first_line_fits(lines, best, knows)) best.share = 0;
    return best;
}

bool is_list_of_frames(std::string_view beginning) {
    int lines = 0, frames = 0;
    for (const auto& line : split_lines(beginning)) {
        if (!says_something(line)) continue;
        const auto read = read_list_line(line);
        frames += read.numbers.size() == 2 && !read.path.empty() && !names_video(read.path);
        if (++lines == kLinesLookedAt) break;
    }
    return frames > 0 && frames * 2 > lines;
}

ListRows read_bare_list(std::string_view text, std::optional<Split> split, const BareForm& form,
                        const KnowsClip& knows) {
    ListRows out;
    int64_t number = 0, unread = 0, first_unread = 0;
    bool several = false;
    for (const auto& line : split_lines(text)) {
        ++number;
        if (!says_something(line)) continue;
        const auto fields = fields_of(line, form.delimiter);
        ListRow row;
        row.split = split;
        if (form.column < fields.size()) row.path = fields[form.column];
        if (row.path.empty() || !(names_video(row.path) || knows(row.path) || fields.size() > form.column + 1)) {
            if (unread++ == 0) first_unread = number;
            continue;
        }
        read_label(fields, form.column, row, several);
        out.rows.push_back(std::move(row));
    }
    if (unread > 0)
        out.notes.push_back(std::to_string(unread) + " lines name no clip, such as line " +
                            std::to_string(first_unread));
    if (several) {
        out.notes.emplace_back(
            "Several numbers stand behind a path: which one is the class cannot be told, so its clip has none");
    }
    return out;
}

}  // namespace rest::dataset
