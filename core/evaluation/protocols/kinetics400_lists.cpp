// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/base/atomic_file.h"
#include "core/dataset/clip_finder.h"
#include "core/dataset/headed_list.h"
#include "core/dataset/list_look.h"
#include "core/dataset/split_name.h"
#include "core/evaluation/protocols/list_files.h"
#include "core/evaluation/protocols/official_lists.h"
#include "core/evaluation/tam/class_names.h"
#include "core/text/file_text.h"

namespace rest::evaluation {
namespace {

namespace fs = std::filesystem;

class Reader {
  public:
    Reader(const ClassNames& classes, OfficialSplit& split, std::vector<Problem>& problems)
        : classes_(classes), split_(split), problems_(problems) {}

    /// False if the file is not such a list.
    bool read(const fs::path& file) {
        const auto columns = dataset::columns_of(dataset::beginning_of(file));
        if (columns.label < 0 || columns.id < 0 || columns.start < 0 || columns.end < 0) return false;
        const auto by_name = dataset::split_of_list(file.stem().string());
        const auto list = dataset::read_headed_list(text::file_text(read_file(file)), by_name);
        for (const auto& note : list.notes)
            problems_.push_back({ErrorCode::damaged, file.string(), note, "They were passed over."});
        for (const auto& row : list.rows) add(row, fmt::format("{} line {}", file.string(), row.line));
        return true;
    }

  private:
    void add(const dataset::ListRow& row, const std::string& place) {
        if (row.split != dataset::Split::train && row.split != dataset::Split::val) return;
        const auto& label = row.number < 0 ? row.label : std::to_string(row.number);
        const int index = classes_.find(label);
        if (index < 0) {
            problems_.push_back(
                {ErrorCode::damaged, place, "\"" + label + "\" is not a class of this set", "The row was skipped."});
            return;
        }
        auto& clips = row.split == dataset::Split::train ? split_.train : split_.test;
        clips.push_back({row.by_id() ? dataset::name_by_id(row) + ".mp4" : row.path, index});
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
        if (!dataset::is_video_file(file)) found = reader.read(file) || found;
    }
    if (!found || set.splits.front().test.empty()) return std::nullopt;
    return set;
}

}  // namespace rest::evaluation
