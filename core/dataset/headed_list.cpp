// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/headed_list.h"

#include <algorithm>
#include <array>

#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/dataset/name_keys.h"

namespace rest::dataset {
namespace {

// Normalised by class_key(); the first that is present counts. Something-Something's "label" is a sentence, its
// "template" the class.
constexpr std::array<std::string_view, 11> kLabelColumns = {"template", "labelname",   "classname", "label",
                                                            "class",    "action",      "category",  "activity",
                                                            "verb",     "actionlabel", "tag"};
constexpr std::array<std::string_view, 8> kNumberColumns = {"labelid",  "classid",     "labelindex", "classindex",
                                                            "labelidx", "classnumber", "target",     "y"};
constexpr std::array<std::string_view, 6> kIdColumns = {"youtubeid", "videoid", "ytid", "id", "vidid", "clipid"};
constexpr std::array<std::string_view, 5> kStartColumns = {"timestart", "start", "starttime", "startseconds", "tstart"};
constexpr std::array<std::string_view, 5> kEndColumns = {"timeend", "end", "endtime", "endseconds", "tend"};
constexpr std::array<std::string_view, 4> kSplitColumns = {"split", "subset", "set", "partition"};
constexpr std::array<std::string_view, 14> kPathColumns = {"path",      "filepath",     "videopath", "clippath", "file",
                                                           "filename",  "relativepath", "relpath",   "video",    "clip",
                                                           "videoname", "clipname",     "videofile", "name"};
constexpr std::string_view kDelimiters = ",;\t| ";

template <class Names>
int find_column(const std::vector<std::string>& header, const Names& names) {
    for (const auto name : names) {
        for (size_t i = 0; i < header.size(); ++i) {
            if (class_key(header[i]) == name) return static_cast<int>(i);
        }
    }
    return -1;
}

std::string_view field(const std::vector<std::string>& row, int column) {
    return column >= 0 && column < static_cast<int>(row.size()) ? trimmed(row[static_cast<size_t>(column)])
                                                                : std::string_view();
}

/// Excel's own first line "sep=;" is not part of the list.
std::string_view without_separator_line(std::string_view text) {
    if (!iequals(text.substr(0, 4), "sep=")) return text;
    const auto end = text.find('\n');
    return end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
}

}  // namespace

Columns::Columns(const std::vector<std::string>& header)
    : label(find_column(header, kLabelColumns)),
      number(find_column(header, kNumberColumns)),
      id(find_column(header, kIdColumns)),
      start(find_column(header, kStartColumns)),
      end(find_column(header, kEndColumns)),
      split(find_column(header, kSplitColumns)),
      path(find_column(header, kPathColumns)) {}

bool Columns::read(const std::vector<std::string>& row, ListRow& out) const {
    out.path = field(row, path);
    if (out.path.empty()) {
        out.id = field(row, id);
        out.start = field(row, start);
        out.end = field(row, end);
    }
    out.label = field(row, label);
    if (out.label.empty()) out.number = class_number(field(row, number));
    return !out.path.empty() || !out.id.empty();
}

char header_delimiter(std::string_view text, bool must_be_likely) {
    text = without_separator_line(text);
    const std::string_view line = text.substr(0, text.find('\n'));
    char usable = 0;
    for (const char delimiter : kDelimiters) {
        std::vector<std::string> header;
        if (!CsvReader(line, delimiter).next(header)) return 0;
        const Columns columns(header);
        if (columns.likely()) return delimiter;
        if (columns.usable() && usable == 0) usable = delimiter;
    }
    return must_be_likely ? 0 : usable;
}

ListRows read_headed_list(std::string_view text, std::optional<Split> otherwise) {
    ListRows out;
    const char delimiter = header_delimiter(text, false);
    if (delimiter == 0) return out;
    CsvReader reader(without_separator_line(text), delimiter);
    std::vector<std::string> cells;
    reader.next(cells);
    const Columns columns(cells);
    SplitColumn splits;
    int64_t nameless = 0, first_nameless = 0;
    while (reader.next(cells)) {
        ListRow row;
        if (!columns.read(cells, row)) {
            if (nameless++ == 0) first_nameless = reader.line();
        } else if (splits.read(field(cells, columns.split), otherwise, row)) {
            out.rows.push_back(std::move(row));
        }
    }
    if (nameless > 0) {
        out.notes.push_back(std::to_string(nameless) + " rows name no clip, such as line " +
                            std::to_string(first_nameless));
    }
    splits.tell(out.notes);
    numbers_for_labels(out.rows);
    return out;
}

void numbers_for_labels(std::vector<ListRow>& rows) {
    const auto is_name = [](const ListRow& row) { return !row.label.empty() && class_number(row.label) < 0; };
    if (std::any_of(rows.begin(), rows.end(), is_name)) return;
    for (auto& row : rows) {
        if (row.label.empty()) continue;
        row.number = class_number(row.label);
        row.label.clear();
    }
}

}  // namespace rest::dataset
