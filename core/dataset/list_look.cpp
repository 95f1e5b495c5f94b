// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/list_look.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <unordered_set>

#include "core/base/strings.h"
#include "core/dataset/class_map.h"
#include "core/dataset/headed_list.h"
#include "core/dataset/json_list.h"
#include "core/dataset/name_keys.h"
#include "core/dataset/path_text.h"
#include "core/dataset/split_name.h"
#include "core/text/file_text.h"

namespace rest::dataset {
namespace {

constexpr size_t kGlance = 16384;
// Some data sets have a text file with an unrelated name per clip: not all of them are worth opening.
constexpr size_t kMostGlances = 2000;

constexpr std::array<std::string_view, 11> kTables = {".xlsx", ".xls",    ".xlsm", ".ods",     ".parquet", ".feather",
                                                      ".pkl",  ".pickle", ".mat",  ".numbers", ".arrow"};
constexpr std::array<std::string_view, 9> kListEndings = {".csv", ".tsv",  ".json", ".jsonl", ".ndjson",
                                                          ".lst", ".list", ".xml",  ".yaml"};
constexpr std::array<std::string_view, 4> kListWords = {"list", "split", "annot", "label"};

template <class Endings>
bool ends_as(std::string_view path, const Endings& endings) {
    const auto extension = extension_of(path);
    return std::any_of(endings.begin(), endings.end(), [&](auto known) { return iequals(known, extension); });
}

/// Whether the file's name says that it is a list, whatever it contains.
bool is_called_list(std::string_view path) {
    if (ends_as(path, kListEndings) || split_of_list(without_extension(path))) return true;
    const std::string name = ascii_lower(file_name(path));
    return std::any_of(kListWords.begin(), kListWords.end(),
                       [&](auto word) { return name.find(word) != std::string::npos; });
}

ListLook not_understood(std::string reason, std::string remedy) {
    return {ListForm::not_understood, {}, std::move(reason), std::move(remedy)};
}

constexpr const char* kForms = "Write lines \"path label\", or a header such as path,label,split.";

/// Companion files of one video: "a.txt", "a.info.json" and "a.en.vtt" beside "a.mp4".
bool goes_with_video(std::string_view path, const std::unordered_set<std::string_view>& videos) {
    if (split_of_list(without_extension(path))) return false;  // train.csv beside a train.mp4
    for (std::string_view stem = without_extension(path);; stem = without_extension(stem)) {
        if (videos.contains(stem)) return true;
        if (without_extension(stem) == stem) return false;
    }
}

}  // namespace

std::string beginning_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes(kGlance, '\0');
    in.read(bytes.data(), kGlance);
    bytes.resize(static_cast<size_t>(std::max<std::streamsize>(0, in.gcount())));
    std::string text = text::is_binary(bytes) ? bytes : text::file_text(bytes);
    // A truncated line could be misread.
    const auto last_end = text.rfind('\n');
    if (bytes.size() == kGlance && last_end != std::string::npos) text.resize(last_end + 1);
    return text;
}

ListLook look_at_list(std::string_view path, std::string_view beginning, const KnowsClip& knows) {
    if (ends_as(path, kTables)) {
        return not_understood("it is a table of another program (" + std::string(extension_of(path)) + ")",
                              "Export it as CSV.");
    }
    if (text::is_binary(beginning)) return {ListForm::no_list, {}, "it is no text", ""};
    if (trimmed(beginning).empty()) {
        return is_called_list(path) ? not_understood("it is empty", "Fetch it again, or remove it.")
                                    : ListLook{ListForm::no_list, {}, "it is empty", ""};
    }
    if (looks_like_json(beginning))
        return {is_class_map_name(path) ? ListForm::class_names : ListForm::json, {}, "", ""};
    if (header_delimiter(beginning, true) != 0) return {ListForm::headed, {}, "", ""};
    if (is_list_of_frames(beginning)) {
        return {ListForm::frames,
                {},
                "its lines name folders of frames, and frames cannot be imported",
                "Give a list of video files."};
    }
    const BareForm bare = bare_form(beginning, knows);
    if (bare.share >= 0.5) return {ListForm::bare, bare, "", ""};
    if (is_class_map_name(path)) return {ListForm::class_names, {}, "", ""};
    if (header_delimiter(beginning, false) != 0 && (split_of_list(path) || bare.share > 0))
        return {ListForm::headed, {}, "", ""};
    if (bare.share > 0) {
        return not_understood("only some of its first lines name a video by a path that is there or ends as videos do",
                              kForms);
    }
    if (!is_called_list(path)) return {ListForm::no_list, {}, "no line of it names a video", kForms};
    return not_understood(
        "its first line names no column youtube_id or path, and no line begins with the path of a video", kForms);
}

std::vector<std::string> list_candidates(const FileTree& tree, int64_t& left_out) {
    std::unordered_set<std::string_view> videos;
    videos.reserve(tree.videos.size());
    for (const auto& video : tree.videos) videos.insert(without_video_extensions(video.path));
    std::vector<std::string> candidates;
    for (const auto& list : tree.lists) {
        if (!goes_with_video(list, videos)) candidates.push_back(list);
    }
    const auto depth = [](const std::string& path) { return std::count(path.begin(), path.end(), '/'); };
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](const auto& a, const auto& b) { return depth(a) < depth(b); });
    left_out = std::max<int64_t>(0, std::ssize(candidates) - static_cast<int64_t>(kMostGlances));
    if (left_out > 0) candidates.resize(kMostGlances);
    return candidates;
}

}  // namespace rest::dataset
