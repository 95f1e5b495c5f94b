// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/reference_list.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/dataset/headed_list.h"
#include "core/dataset/names/clip_names.h"
#include "core/text/file_text.h"

namespace rest::evaluation {
namespace {

using Json = nlohmann::ordered_json;  // videos in the order of the file

constexpr std::array<std::string_view, 7> kVideoFields = {"video",    "name",    "path",    "file",
                                                          "video_id", "videoID", "image_id"};
constexpr std::array<std::string_view, 9> kCaptionFields = {
    "caption", "reference", "text", "description", "references", "captions", "sentence", "sentences", "enCap"};
constexpr std::array<std::string_view, 2> kListFields = {"sentences", "annotations"};
constexpr const char* kForms =
    "Write CSV with a header video,caption, or JSON lines like {\"video\": \"a.mp4\", "
    "\"caption\": \"a man rowing\"}.";

[[noreturn]] void fail(const std::filesystem::path& file, int64_t line, const std::string& what) {
    throw Error(ErrorCode::damaged, file.string() + " line " + std::to_string(line) + ": " + what, kForms);
}

int64_t line_of(std::string_view text, size_t at) {
    return 1 + std::count(text.begin(), text.begin() + static_cast<int64_t>(std::min(at, text.size())), '\n');
}

class Reader {
  public:
    explicit Reader(const std::filesystem::path& file) : file_(file), text_(text::file_text(read_file(file))) {}

    ReferenceList run() {
        std::string_view text = text_;
        const auto first = trimmed(text).substr(0, 1);
        if (first.empty()) fail(file_, 1, "the file is empty");
        if (first == "{" || first == "[") {
            read_json(text);
        } else {
            read_csv(text);
        }
        return std::move(list_);
    }

  private:
    void add(int64_t line, const std::string& video, const std::string& caption) {
        if (trimmed(video).empty() || trimmed(caption).empty()) {
            list_.problems.push_back({ErrorCode::damaged, file_.string() + " line " + std::to_string(line),
                                      trimmed(video).empty() ? "No video is named" : "No caption for " + video,
                                      "The row was skipped."});
            return;
        }
        const auto [at, is_new] = index_.emplace(video, list_.videos.size());
        if (is_new) list_.videos.push_back({video, {}});
        list_.videos[at->second].captions.push_back(caption);
    }

    void add_all(int64_t line, const std::string& video, const Json& captions) {
        if (captions.is_string()) return add(line, video, captions.get<std::string>());
        if (!captions.is_array())
            fail(file_, line, "the captions of " + video + " are neither text nor a list of texts");
        if (captions.empty()) add(line, video, {});
        for (const auto& caption : captions) {
            if (!caption.is_string()) fail(file_, line, "a caption of " + video + " is not a text");
            add(line, video, caption.get<std::string>());
        }
    }

    template <class Names>
    static const Json* field(const Json& row, const Names& names) {
        for (const auto name : names) {
            if (const auto at = row.find(std::string(name)); at != row.end()) return &*at;
        }
        return nullptr;
    }

    static bool is_row(const Json& value) {
        const Json* video = value.is_object() ? field(value, kVideoFields) : nullptr;
        return video != nullptr && video->is_string() && field(value, kCaptionFields) != nullptr;
    }

    void add_row(int64_t line, const Json& row) {
        if (!is_row(row)) fail(file_, line, "a row needs the fields \"video\" and \"caption\"");
        add_all(line, field(row, kVideoFields)->get<std::string>(), *field(row, kCaptionFields));
    }

    Json parse(std::string_view text, int64_t first_line) {
        try {
            return Json::parse(text);
        } catch (const Json::parse_error& e) {
            fail(file_, first_line + line_of(text, e.byte == 0 ? 0 : e.byte - 1) - 1, "not valid JSON");
        } catch (const Json::out_of_range&) {
            fail(file_, first_line, "holds a number that is too large");
        }
    }

    void read_json(std::string_view text) {
        // Several documents, one per line, are not valid JSON as a whole: then it is JSON lines.
        if (!Json::accept(text) && Json::accept(text.substr(0, text.find('\n')))) return read_json_lines(text);
        const Json whole = parse(text, 1);
        if (is_row(whole)) return add_row(1, whole);
        if (const Json* rows = whole.is_object() ? field(whole, kListFields) : nullptr; rows && rows->is_array()) {
            for (const auto& row : *rows) add_row(1, row);
        } else if (whole.is_object()) {
            for (const auto& [video, captions] : whole.items()) add_all(line_of_key(text, video), video, captions);
        } else {
            for (const auto& row : whole) add_row(1, row);
        }
    }

    static int64_t line_of_key(std::string_view text, const std::string& key) {
        const auto at = text.find('"' + key + '"');
        return at == std::string_view::npos ? 1 : line_of(text, at);
    }

    void read_json_lines(std::string_view text) {
        int64_t line = 0;
        for (const auto& row : split_lines(text)) {
            ++line;
            if (!trimmed(row).empty()) add_row(line, parse(row, line));
        }
    }

    void read_csv(std::string_view text) {
        const auto table = dataset::without_separator_line(text);
        const int64_t lines_before = table.size() < text.size();
        int video = -1, caption = -1;
        const char delimiter = dataset::delimiter_of(table, [&](const auto& header) {
            const dataset::Columns columns(header);
            video = columns.path >= 0 ? columns.path : columns.id;
            caption = caption_column(header);
            return video >= 0 && caption >= 0;
        });
        if (delimiter == 0) fail(file_, 1, "the header names no column \"video\" or no column \"caption\"");
        dataset::CsvReader rows(table, delimiter);
        std::vector<std::string> row;
        rows.next(row);
        while (rows.next(row)) {
            const auto field = [&](int at) { return at < std::ssize(row) ? row[at] : std::string(); };
            add(lines_before + rows.line(), field(video), field(caption));
        }
    }

    static int caption_column(const std::vector<std::string>& header) {
        for (const auto name : kCaptionFields) {
            for (int i = 0; i < std::ssize(header); ++i) {
                if (iequals(trimmed(header[i]), name)) return i;
            }
        }
        return -1;
    }

    std::filesystem::path file_;
    std::string text_;
    ReferenceList list_;
    std::unordered_map<std::string, size_t> index_;
};

}  // namespace

ReferenceList read_reference_list(const std::filesystem::path& file) {
    return Reader(file).run();
}

MatchedReferences match_references(const ReferenceList& list, std::span<const std::string> videos,
                                   std::span<const std::string> captions) {
    if (videos.size() != captions.size()) {
        throw Error(ErrorCode::invalid_argument, "References: " + std::to_string(captions.size()) + " captions for " +
                                                     std::to_string(videos.size()) + " videos");
    }
    MatchedReferences matched;
    for (const auto& caption : captions) matched.captions.push_back({caption, {}});
    const dataset::ClipNames names(videos);
    for (const auto& video : list.videos) {
        const auto at = names.find(video.video, false);
        if (!at) {
            matched.listed_only.add(video.video);
            continue;
        }
        auto& references = matched.captions[*at].references;
        references.insert(references.end(), video.captions.begin(), video.captions.end());
    }
    for (size_t i = 0; i < videos.size(); ++i) {
        if (matched.captions[i].references.empty()) matched.unlisted.add(videos[i]);
    }
    return matched;
}

void require_most_references(const MatchedReferences& matched, const std::filesystem::path& file) {
    const auto all = std::ssize(matched.captions);
    if (2 * matched.unlisted.count <= all) return;
    std::string others;
    if (matched.listed_only.count > 0)
        others = "; it names " + std::to_string(matched.listed_only.count) + " others, such as " +
                 matched.listed_only.examples.front();
    throw Error(ErrorCode::invalid_argument,
                file.string() + " has references of " + std::to_string(all - matched.unlisted.count) + " of the " +
                    std::to_string(all) + " clips that were measured, and none of " +
                    matched.unlisted.examples.front() + others,
                "Give the references of these clips, under the names that the dataset page shows.");
}

}  // namespace rest::evaluation
