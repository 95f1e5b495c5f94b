// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/base/json_text.h"
#include "core/base/strings.h"
#include "core/evaluation/protocols/list_files.h"
#include "core/evaluation/protocols/official_lists.h"

namespace rest::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kSeconds = 10;  // every Kinetics clip's length

[[noreturn]] void fail(const fs::path& file, int64_t line, const std::string& what) {
    throw Error(ErrorCode::damaged, fmt::format("{} line {}: {}", file.string(), line, what), "Fetch the list again.");
}

/// Assigns the clips to the splits: each tests on those of its classes.
void deal_out(const std::vector<ListedClip>& clips, OfficialSet& set) {
    for (auto& split : set.splits) {
        std::vector<bool> in_split(set.classes.size());
        for (const int label : split.ranked) in_split[static_cast<size_t>(label)] = true;
        std::copy_if(clips.begin(), clips.end(), std::back_inserter(split.test),
                     [&](const ListedClip& clip) { return in_split[static_cast<size_t>(clip.label)]; });
    }
}

bool is_class(int label, const OfficialSet& set) {
    return label >= 0 && label < std::ssize(set.classes);
}

/// "0wR5jVB-WPk:417" -> "0wR5jVB-WPk_000417_000427.mp4".
std::string clip_name(std::string_view word, const fs::path& file, int64_t line) {
    const auto colon = word.rfind(':');
    int start = 0;
    const auto digits = colon == std::string_view::npos ? std::string_view() : word.substr(colon + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), start);
    constexpr int kLatest = 1'000'000;  // seconds; longer than any video
    if (digits.empty() || read.ec != std::errc() || start < 0 || start > kLatest)
        fail(file, line, "a clip is not written id:start");
    return fmt::format("{}_{:06}_{:06}.mp4", word.substr(0, colon), start, start + kSeconds);
}

/// [[400, 401, ...], ...]; empty for JSON of another shape.
std::vector<std::vector<int>> class_indices(const fs::path& file) {
    const json document = parse_json(read_file(file)).value_or(nullptr);
    const auto is_list = [](const json& split) {
        return split.is_array() && !split.empty() &&
               std::all_of(split.begin(), split.end(), [](const json& index) { return index.is_number_integer(); });
    };
    if (!document.is_array() || !std::all_of(document.begin(), document.end(), is_list)) return {};
    return document;
}

std::vector<ListedClip> read_rows(const fs::path& file, const OfficialSet& set) {
    std::vector<ListedClip> clips;
    int64_t line_number = 0;
    for (const auto& line : split_lines(read_maybe_gzip(file))) {
        ++line_number;
        if (trimmed(line).empty()) continue;
        const json row = parse_json(line).value_or(nullptr);
        if (!row.is_object() || !row.contains("videoname") || !row["videoname"].is_string() || !row.contains("label") ||
            !row["label"].is_number_integer()) {
            fail(file, line_number, "not a row {\"videoname\": ..., \"label\": ...}");
        }
        const int label = row["label"];
        if (!is_class(label, set))
            fail(file, line_number, fmt::format("label {} of {} classes", label, set.classes.size()));
        clips.push_back({row["videoname"], label});
    }
    return clips;
}

}  // namespace

OfficialSet read_compact_kinetics220(const fs::path& file) {
    OfficialSet set{.source = file.string(), .classes = read_class_list(file.parent_path() / "kinetics-620.txt")};
    std::vector<ListedClip> clips;
    int64_t line_number = 0;
    for (const auto& line : split_lines(read_file(file))) {
        ++line_number;
        std::istringstream words(line);
        std::string kind, word;
        int number = 0;
        if (!(words >> kind >> number)) fail(file, line_number, "neither a split nor a class");
        if (kind == "split") {
            OfficialSplit split{.number = number};
            for (int label = 0; words >> label;) {
                if (!is_class(label, set)) fail(file, line_number, fmt::format("there is no class {}", label));
                split.ranked.push_back(label);
            }
            set.splits.push_back(std::move(split));
        } else {
            if (!is_class(number, set)) fail(file, line_number, fmt::format("there is no class {}", number));
            while (words >> word) clips.push_back({clip_name(word, file, line_number), number});
        }
    }
    deal_out(clips, set);
    return set;
}

std::optional<OfficialSet> find_kinetics220_lists(const fs::path& folder, const std::vector<std::string>& classes) {
    OfficialSet set{.source = folder.string(), .classes = classes};
    std::vector<std::vector<int>> splits;
    fs::path rows;
    for (const auto& file : files_below(folder)) {
        const auto name = ascii_lower(file.filename().string());
        if (name.find("val") != std::string::npos) continue;
        if (name.ends_with(".jsonl") || name.ends_with(".jsonl.gz")) rows = file;
        if (!name.ends_with(".json") || !splits.empty()) continue;
        splits = class_indices(file);
        for (const auto& split : splits) {
            for (const int label : split) {
                if (!is_class(label, set))
                    fail(file, 1, fmt::format("there is no class {} of {}", label, classes.size()));
            }
        }
    }
    if (splits.empty() || rows.empty()) return std::nullopt;
    for (size_t i = 0; i < splits.size(); ++i) {
        set.splits.push_back({.number = static_cast<int>(i) + 1, .ranked = std::move(splits[i])});
    }
    deal_out(read_rows(rows, set), set);
    return set;
}

}  // namespace rest::evaluation
