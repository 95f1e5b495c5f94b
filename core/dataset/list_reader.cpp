// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of the kinds detected by content: named columns, "path label" lines, JSON.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/strings.h"
#include "core/dataset/class_numbers.h"
#include "core/dataset/headed_list.h"
#include "core/dataset/json_list.h"
#include "core/dataset/list_line.h"
#include "core/dataset/list_rows.h"
#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

/// The split in a list's name, else in those of its folders.
std::optional<Split> split_of_list_file(const std::string& list) {
    if (const auto split = split_of_list(without_extension(list))) return split;
    return place_of(list).split;
}

class ListReader {
  public:
    ListReader(const DatasetSource& source, Layout only, Task& task)
        : source_(source), only_(only), builder_(source.tree, Layout::flat, task), finder_(source.tree) {}

    DatasetListing run() {
        const auto reading = read_folders(source_.tree, source_.folders);
        find_lists();
        for (const auto& list : lists_of_first_split()) read(list);
        name_classes();
        finder_.set_classes(builder_.classes.names());
        assign_rows(listed_, finder_, builder_);
        add_unlisted(reading);
        tell_lists_not_read(source_, finder_, builder_);
        builder_.set_layout(layout(reading));
        // The order of a class list is the order of its numbers.
        return builder_.finish(class_map_.empty());
    }

  private:
    bool allowed(ListForm form) const {
        if (form == ListForm::headed || form == ListForm::json) return only_ != Layout::mmaction2;
        return form == ListForm::bare && only_ != Layout::kinetics;
    }

    ListLook look(const std::string& list) const {
        return look_at_list(list, beginning_of(source_.tree.root / list),
                            [this](std::string_view written) { return finder_.knows(written); });
    }

    void find_lists() {
        int64_t left_out = 0;
        const auto candidates =
            source_.list.empty() ? list_candidates(source_.tree, left_out) : std::vector{source_.list};
        std::string not_read;
        for (const auto& list : candidates) {
            builder_.tick();
            auto found = look(list);
            if (allowed(found.form))
                looks_.emplace(list, std::move(found));
            else if (not_read.empty() && !found.reason.empty() &&
                     (!source_.list.empty() || found.form != ListForm::no_list))
                not_read = list + " is no list we know: " + found.reason;
        }
        if (!looks_.empty() || (source_.list.empty() && only_ != Layout::mmaction2)) return;
        const std::string where = source_.list.empty() ? source_.tree.root.string() : source_.list;
        throw Error(ErrorCode::unsupported,
                    !not_read.empty() ? not_read : where + ": there is no list of the layout asked for",
                    "Give its folder, or a list with lines \"some/path/000.mp4 1\" or a header such as "
                    "label,youtube_id,time_start,time_end,split or path,label.");
    }

    /// The lists of the first of several splits ("split_1", "trainlist01"), and all without a number.
    std::vector<std::string> lists_of_first_split() const {
        std::map<int, std::vector<std::string>> by_number;
        for (const auto& [list, look] : looks_) {
            const std::string name = ascii_lower(file_stem(list));
            by_number[std::max(number_after(name, "split"), number_after(name, "list"))].push_back(list);
        }
        std::vector<std::string> lists = std::move(by_number[0]);
        by_number.erase(0);
        if (!by_number.empty())
            lists.insert(lists.end(), by_number.begin()->second.begin(), by_number.begin()->second.end());
        return lists;
    }

    void read(const std::string& list) {
        const auto& look = looks_.at(list);
        const auto split = split_of_list_file(list);
        const std::string text = builder_.read_list(list);
        ListRows read;
        if (look.form == ListForm::json) {
            auto json = read_json_list(text, split);
            if (!json) return not_understood(list, json.error());
            read = std::move(*json);
        } else if (look.form == ListForm::headed) {
            read = read_headed_list(text, split);
        } else {
            read = read_bare_list(text, split, look.bare,
                                  [this](std::string_view written) { return finder_.knows(written); });
        }
        for (const auto& note : read.notes) builder_.problem(ErrorCode::damaged, list, note);
        tell_default_split(list, read.rows);
        const size_t number = listed_.lists.size();
        listed_.lists.push_back(list);
        headed_ = headed_ || look.form != ListForm::bare;
        for (auto& row : read.rows) {
            builder_.tick();
            row.list = number;
            listed_.rows.push_back(std::move(row));
        }
    }

    void not_understood(const std::string& list, const std::string& reason) {
        const std::string message = "This list was not understood: " + reason;
        if (!source_.list.empty())
            throw Error(ErrorCode::unsupported, list + ": " + message, "Give a CSV with a header such as path,label.");
        builder_.problem(ErrorCode::unsupported, list, message, "Write it as a CSV with a header such as path,label.");
    }

    /// Notes rows without a split: they default to training data, which may not be what was meant.
    void tell_default_split(const std::string& list, const std::vector<ListRow>& rows) {
        const auto without = std::count_if(rows.begin(), rows.end(), [](const auto& row) { return !row.split; });
        if (without == 0) return;
        builder_.note(list + " tells no split of " + std::to_string(without) +
                      " rows: their clips go by other lists and by their folders, else they are train.");
    }

    void name_classes() {
        class_map_ = find_class_map(source_.tree, listed_, builder_);
        listed_.labels = number_classes(class_map_, listed_, finder_, builder_);
    }

    void add_unlisted(const FolderReading& reading) {
        const bool lists_count = !source_.list.empty() || (!listed_.rows.empty() && !headed_);
        const bool splits = reading.any_split && reading.names == FolderNames::splits;
        const bool by_folder = !lists_count && (splits || listed_.rows.empty());
        int64_t elsewhere = 0;
        for (size_t i = 0; i < source_.tree.videos.size(); ++i) {
            builder_.tick();
            if (builder_.taken(i)) continue;
            const auto& path = source_.tree.videos[i].path;
            const auto place = place_in(reading, path);
            if (by_folder && (place.split || !splits)) {
                const int label = builder_.classes.index(place.label);
                if (listed_.rows.empty())
                    builder_.add_by_folder(i, place.split.value_or(Split::train), label);
                else
                    builder_.add_unlisted(i, place.split.value_or(Split::train), label);
                continue;
            }
            builder_.leave_unlisted(i);
            ++elsewhere;
        }
        const bool in_doubt = by_folder && (elsewhere > 0 || reading.names == FolderNames::classes);
        builder_.set_folders(reading.names, in_doubt ? reading.question : "");
        if (elsewhere == 0 || lists_count) return;
        builder_.problem(ErrorCode::not_found, source_.tree.root.string(),
                         std::to_string(elsewhere) + " videos are in no list and in no train, val or test folder",
                         "Move them into such a folder to have them imported.");
    }

    Layout layout(const FolderReading& reading) const {
        if (only_ != Layout::automatic) return only_;
        if (!listed_.rows.empty()) return headed_ ? Layout::kinetics : Layout::mmaction2;
        return reading.any_split && reading.names == FolderNames::splits ? Layout::kinetics : Layout::flat;
    }

    const DatasetSource& source_;
    Layout only_;
    ListingBuilder builder_;
    ClipFinder finder_;
    std::map<std::string, ListLook> looks_;
    ListedRows listed_;
    ClassMap class_map_;
    bool headed_ = false;
};

}  // namespace

DatasetListing read_lists(const DatasetSource& source, Task& task) {
    return ListReader(source, Layout::automatic, task).run();
}

DatasetListing read_kinetics(const DatasetSource& source, Task& task) {
    return ListReader(source, Layout::kinetics, task).run();
}

DatasetListing read_mmaction2(const DatasetSource& source, Task& task) {
    return ListReader(source, Layout::mmaction2, task).run();
}

}  // namespace rest::dataset
