// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/dataset/headed_list.h"
#include "core/dataset/split_name.h"
#include "core/evaluation/protocols/list_files.h"
#include "core/evaluation/protocols/official_lists.h"
#include "core/evaluation/tam/class_names.h"
#include "core/text/file_text.h"

namespace rest::evaluation {
namespace {

namespace fs = std::filesystem;

struct Columns {
    int label = -1, id = -1, start = -1, end = -1, split = -1;

    explicit Columns(const std::vector<std::string>& header) {
        for (int i = 0; i < std::ssize(header); ++i) {
            const auto name = ascii_lower(trimmed(header[i]));
            if (name == "label") label = i;
            if (name == "youtube_id") id = i;
            if (name == "time_start") start = i;
            if (name == "time_end") end = i;
            if (name == "split") split = i;
        }
    }
    bool complete() const { return label >= 0 && id >= 0 && start >= 0 && end >= 0; }
};

/// "417" and "417.0" -> 417, -1 for other text.
int seconds(const std::string& text) {
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

class Reader {
  public:
    Reader(const ClassNames& classes, OfficialSplit& split, std::vector<Problem>& problems)
        : classes_(classes), split_(split), problems_(problems) {}

    /// False if the file is not such a list.
    bool read(const fs::path& file) {
        const std::string text = text::file_text(read_file(file));
        const char delimiter = dataset::header_delimiter(text, true);
        if (delimiter == 0) return false;
        dataset::CsvReader rows(text, delimiter);
        std::vector<std::string> row;
        if (!rows.next(row)) return false;
        const Columns columns(row);
        if (!columns.complete()) return false;
        const auto by_name = dataset::split_of_list(file.filename().string());
        while (rows.next(row)) {
            const auto field = [&](int at) { return at >= 0 && at < std::ssize(row) ? row[at] : std::string(); };
            const auto split = dataset::split_from_string(field(columns.split));
            add(field(columns.label), field(columns.id), seconds(field(columns.start)), seconds(field(columns.end)),
                split ? split : by_name, fmt::format("{} line {}", file.string(), rows.line()));
        }
        return true;
    }

  private:
    void add(const std::string& label, const std::string& id, int start, int end, std::optional<dataset::Split> split,
             const std::string& place) {
        if (split != dataset::Split::train && split != dataset::Split::val) return;
        const int index = classes_.find(label);
        if (id.empty() || start < 0 || end < 0 || index < 0) {
            const auto what = index < 0 ? "\"" + label + "\" is no class of this set" : "The row names no clip";
            problems_.push_back({ErrorCode::damaged, place, what, "The row was passed over."});
            return;
        }
        auto& clips = split == dataset::Split::train ? split_.train : split_.test;
        clips.push_back({fmt::format("{}_{:06}_{:06}.mp4", id, start, end), index});
    }

    const ClassNames& classes_;
    OfficialSplit& split_;
    std::vector<Problem>& problems_;
};

}  // namespace

std::optional<OfficialSet> find_kinetics_lists(const fs::path& folder, const std::vector<std::string>& classes) {
    OfficialSet set{.source = folder.string(), .classes = classes, .splits = {{}}};
    const ClassNames names(classes);
    Reader reader(names, set.splits.front(), set.problems);
    bool found = false;
    for (const auto& file : files_below(folder)) {
        if (iequals(file.extension().string(), ".csv")) found = reader.read(file) || found;
    }
    if (!found || set.splits.front().test.empty()) return std::nullopt;
    return set;
}

}  // namespace rest::evaluation
