// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/dataset/listing_builder.h"
#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

constexpr std::array<std::string_view, 3> kLabelColumns = {"label", "class", "action"};
constexpr std::array<std::string_view, 3> kIdColumns = {"youtube_id", "video_id", "id"};
constexpr std::array<std::string_view, 2> kStartColumns = {"time_start", "start"};
constexpr std::array<std::string_view, 2> kEndColumns = {"time_end", "end"};
constexpr std::array<std::string_view, 2> kSplitColumns = {"split", "subset"};
constexpr std::array<std::string_view, 6> kPathColumns = {"path", "file", "filename", "video_path", "video", "name"};

/// Where each field stands in a row, -1 for nowhere.
struct Columns {
    int label = -1, id = -1, start = -1, end = -1, split = -1, path = -1;

    explicit Columns(const std::vector<std::string>& header)
        : label(find(header, kLabelColumns)),
          id(find(header, kIdColumns)),
          start(find(header, kStartColumns)),
          end(find(header, kEndColumns)),
          split(find(header, kSplitColumns)),
          path(find(header, kPathColumns)) {}

    bool usable() const { return id >= 0 || path >= 0; }
    /// Enough to be taken for a list of clips without the user's saying so.
    bool likely() const { return usable() && (label >= 0 || split >= 0 || (start >= 0 && end >= 0)); }

  private:
    template <class Names>
    static int find(const std::vector<std::string>& header, const Names& names) {
        for (const auto name : names) {
            for (size_t i = 0; i < header.size(); ++i) {
                if (iequals(trimmed(header[i]), name)) return static_cast<int>(i);
            }
        }
        return -1;
    }
};

std::string_view field(const std::vector<std::string>& row, int column) {
    return column >= 0 && column < static_cast<int>(row.size()) ? trimmed(row[column]) : std::string_view();
}

/// "417" and "417.0" as "000417"; other text as it is.
std::string padded_seconds(std::string_view text) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || !(seconds >= 0) || seconds > 1e9)
        return std::string(text);
    const std::string digits = std::to_string(std::llround(std::floor(seconds)));
    return digits.size() < 6 ? std::string(6 - digits.size(), '0') + digits : digits;
}

/// "-_0l35AkU34_000062_000072" -> its id: what is left of two numbers at the right. Ids hold '_' and '-' themselves.
std::string_view id_of_clip(std::string_view stem) {
    std::string_view rest = stem;
    for (int i = 0; i < 2; ++i) {
        const auto digits = rest.find_last_not_of("0123456789");
        if (digits == std::string_view::npos || digits + 1 == rest.size() || rest[digits] != '_') return stem;
        rest = rest.substr(0, digits);
    }
    return rest.empty() ? stem : rest;
}

/// Videos by YouTube id, for lists without times.
class IdTable {
  public:
    explicit IdTable(const FileTree& tree) {
        for (size_t i = 0; i < tree.videos.size(); ++i)
            ids_.emplace_back(id_of_clip(file_stem(tree.videos[i].path)), i);
        std::sort(ids_.begin(), ids_.end());
    }
    std::optional<size_t> find(std::string_view id) const {
        const auto at = std::lower_bound(ids_.begin(), ids_.end(), std::pair<std::string_view, size_t>(id, 0));
        if (at == ids_.end() || at->first != id) return std::nullopt;
        return at->second;
    }

  private:
    std::vector<std::pair<std::string_view, size_t>> ids_;
};

class KineticsReader {
  public:
    KineticsReader(const DatasetSource& source, Task& task)
        : source_(source), builder_(source.tree, Layout::kinetics, task), finder_(source.tree), ids_(source.tree) {}

    DatasetListing run() {
        for (const auto& list : source_.lists()) {
            if (!source_.list.empty() || iequals(extension_of(list), ".csv")) read(list);
        }
        if (source_.list.empty()) add_unlisted();
        return builder_.finish(true);
    }

  private:
    void read(const std::string& list) {
        const std::string text = builder_.read_list(list);
        CsvReader rows(text);
        std::vector<std::string> row;
        if (!rows.next(row)) return;
        const Columns columns(row);
        if (source_.list.empty() && !columns.likely()) return;
        if (!columns.usable()) {
            throw Error(ErrorCode::unsupported, list + ": the first line names no column youtube_id or path",
                        "Add a header line such as label,youtube_id,time_start,time_end,split.");
        }
        const Split by_name = split_of_list(list).value_or(Split::train);
        while (rows.next(row)) add(row, columns, by_name, list);
    }

    void add(const std::vector<std::string>& row, const Columns& columns, Split by_name, const std::string& list) {
        const Split split = split_from_string(field(row, columns.split)).value_or(by_name);
        std::string listed(field(row, columns.path));
        const auto found = listed.empty() ? find_by_id(row, columns, split, listed) : finder_.by_path(listed, split);
        if (listed.empty()) return;
        std::string label(field(row, columns.label));
        if (label.empty() && found) label = place_of(source_.tree.videos[*found].path).label;
        builder_.add_listed(listed, found, split, builder_.classes.index(label), list);
    }

    /// Sets `listed` to the name looked for.
    std::optional<size_t> find_by_id(const std::vector<std::string>& row, const Columns& columns, Split split,
                                     std::string& listed) const {
        const std::string id(field(row, columns.id));
        const auto start = field(row, columns.start), end = field(row, columns.end);
        listed = id;
        if (id.empty()) return std::nullopt;
        if (start.empty() || end.empty()) return ids_.find(id);
        listed = id + "_" + padded_seconds(start) + "_" + padded_seconds(end);
        if (const auto found = finder_.by_stem(listed, split)) return found;
        std::string unpadded = id + "_";
        unpadded.append(start).append("_").append(end);
        if (const auto found = finder_.by_stem(unpadded, split)) return found;
        return finder_.by_stem(id, split);
    }

    void add_unlisted() {
        const bool all_train = builder_.clip_count() == 0 && !any_split_folder(source_.tree);
        int64_t elsewhere = 0;
        for (size_t i = 0; i < source_.tree.videos.size(); ++i) {
            builder_.tick();
            if (builder_.taken(i)) continue;
            const auto place = place_of(source_.tree.videos[i].path);
            if (place.split || all_train) {
                builder_.add(i, place.split.value_or(Split::train), builder_.classes.index(place.label));
            } else {
                ++elsewhere;
            }
        }
        if (elsewhere == 0) return;
        builder_.problem(ErrorCode::not_found, source_.tree.root.string(),
                         std::to_string(elsewhere) + " videos are in no list and in no train, val or test folder",
                         "Move them into such a folder to have them imported.");
    }

    const DatasetSource& source_;
    ListingBuilder builder_;
    ClipFinder finder_;
    IdTable ids_;
};

}  // namespace

bool is_kinetics_list(std::string_view list, std::string_view beginning) {
    if (!iequals(extension_of(list), ".csv")) return false;
    std::vector<std::string> header;
    return CsvReader(beginning).next(header) && Columns(header).likely();
}

DatasetListing read_kinetics(const DatasetSource& source, Task& task) {
    return KineticsReader(source, task).run();
}

}  // namespace rest::dataset
