// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/headed_list.h"

#include <algorithm>
#include <array>

#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/dataset/names/name_keys.h"

namespace rest::dataset {
namespace {

// Normalised by class_key(); the first that is present counts. Something-Something's "label" is a sentence, its
// "template" the class.
constexpr std::array<std::string_view, 14> kLabelColumns = {
    "template", "labelname", "classname",   "label", "class",  "action", "category",
    "activity", "verb",      "actionlabel", "tag",   "labels", "choice", "gloss"};
constexpr std::array<std::string_view, 8> kNumberColumns = {"labelid",  "classid",     "labelindex", "classindex",
                                                            "labelidx", "classnumber", "target",     "y"};
constexpr std::array<std::string_view, 7> kIdColumns = {"youtubeid", "videoid", "ytid",      "id",
                                                        "vidid",     "clipid",  "instanceid"};
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
            // "start (s)" is start.
            const std::string_view words = trimmed(std::string_view(header[i]).substr(0, header[i].find(" (")));
            if (class_key(words) == name) return static_cast<int>(i);
        }
    }
    return -1;
}

std::string_view field(const std::vector<std::string>& row, int column) {
    return column >= 0 && column < static_cast<int>(row.size()) ? trimmed(row[static_cast<size_t>(column)])
                                                                : std::string_view();
}

struct Header {
    char delimiter = 0;  // 0: there is none
    size_t begin = 0;    // of its line in the text
    int64_t lines_before = 0;
};

/// Programs write a title above the header ("Table 1"), or rows of nothing but delimiters.
constexpr int64_t kMostTitleLines = 4;

Header find_header(std::string_view text, bool must_be_likely) {
    Header usable;
    size_t begin = text.size() - without_separator_line(text).size();
    int64_t lines = begin > 0;
    for (int64_t titles = 0; titles <= kMostTitleLines && begin < text.size(); ++titles, ++lines) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        for (const char delimiter : kDelimiters) {
            std::vector<std::string> header;
            if (!CsvReader(line, delimiter).next(header)) break;
            const Columns columns(header);
            if (columns.likely()) return {delimiter, begin, lines};
            if (titles == 0 && columns.usable() && usable.delimiter == 0) usable = {delimiter, begin, lines};
        }
        begin = end + 1;
    }
    return must_be_likely ? Header() : usable;
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
    const auto id_field = field(row, id);
    // "video_id" is where some lists have paths.
    const bool id_is_path = id_field.find_first_of("/\\") != std::string_view::npos ||
                            without_video_extensions(id_field).size() < id_field.size();
    if (out.path.empty() && id_is_path) {
        out.path = id_field;
    } else if (out.path.empty()) {
        out.id = id_field;
        out.start = field(row, start);
        out.end = field(row, end);
    }
    out.label = label_text(field(row, label));
    if (out.label.empty()) out.number = class_number(field(row, number));
    return !out.path.empty() || !out.id.empty();
}

bool has_header(std::string_view text, bool must_be_likely) {
    return find_header(text, must_be_likely).delimiter != 0;
}

Columns columns_of(std::string_view text) {
    std::vector<std::string> names;
    const auto header = find_header(text, false);
    if (header.delimiter != 0) CsvReader(text.substr(header.begin), header.delimiter).next(names);
    return Columns(names);
}

ListRows read_headed_list(std::string_view text, std::optional<Split> otherwise) {
    ListRows out;
    const auto header = find_header(text, false);
    if (header.delimiter == 0) return out;
    CsvReader reader(text.substr(header.begin), header.delimiter);
    const auto line = [&] { return header.lines_before + reader.line(); };
    std::vector<std::string> cells;
    reader.next(cells);
    const Columns columns(cells);
    SplitColumn splits;
    int64_t nameless = 0, first_nameless = 0;
    while (reader.next(cells)) {
        ListRow row;
        if (!columns.read(cells, row)) {
            if (nameless++ == 0) first_nameless = line();
        } else if (splits.read(field(cells, columns.split), otherwise, row)) {
            row.line = line();
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
