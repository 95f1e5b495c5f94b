// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/clip_list.h"

#include <fmt/format.h>

#include <filesystem>
#include <unordered_map>
#include <unordered_set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/dataset/names/listed_path.h"
#include "core/dataset/names/name_keys.h"
#include "core/text/file_text.h"

namespace rest::engine {
namespace {

constexpr size_t kNamed = 5;
constexpr size_t kNone = static_cast<size_t>(-1);

class Names {
  public:
    explicit Names(std::span<const store::VideoRecord> videos) {
        for (size_t i = 0; i < videos.size(); ++i) {
            by_name_.emplace(text::comparable_name(videos[i].name), i);
            const auto [at, is_new] = by_key_.emplace(dataset::clip_key(videos[i].name), i);
            if (!is_new) at->second = kNone;  // "a.mp4" and "a.avi": which one "a.mov" means cannot be told
        }
    }

    size_t find(std::string_view written) const {
        const auto exact = by_name_.find(text::comparable_name(written));
        if (exact != by_name_.end()) return exact->second;
        for (const auto& reading : dataset::path_readings(written)) {
            const auto at = by_key_.find(dataset::clip_key(reading.path));
            if (at != by_key_.end() && at->second != kNone) return at->second;
        }
        return kNone;
    }

  private:
    std::unordered_map<std::string, size_t> by_name_, by_key_;
};

}  // namespace

ClipList read_clip_list(const std::string& file, std::span<const store::VideoRecord> videos) {
    if (!std::filesystem::is_regular_file(file)) {
        throw Error(ErrorCode::not_found, "The clip list " + file + " cannot be read",
                    "Give a text file of clip names.");
    }
    const Names names(videos);
    std::vector<bool> listed(videos.size());
    std::unordered_set<std::string> missing;
    ClipList list;
    for (const auto& line : split_lines(text::file_text(read_file(file)))) {
        const auto name = trimmed(line);
        if (name.empty()) continue;
        if (const size_t at = names.find(name); at != kNone)
            listed[at] = true;
        else if (missing.emplace(name).second)
            list.missing.emplace_back(name);
    }
    for (size_t i = 0; i < videos.size(); ++i) {
        if (listed[i]) list.videos.push_back(videos[i]);
    }
    return list;
}

std::string words_of_missing(const ClipList& list, const std::string& file) {
    if (list.missing.empty()) return {};
    return fmt::format("Of the {} clips in {} the project has {}; it lacks {}",
                       list.videos.size() + list.missing.size(), file, list.videos.size(),
                       some_of(list.missing, kNamed));
}

void require_most_clips(const ClipList& list, const std::string& file, const std::string& project) {
    if (list.videos.empty()) {
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("None of the {} clips in {} is in the project {}", list.missing.size(), file, project),
                    "Write clip names as the dataset page shows them, one per line.");
    }
    if (list.videos.size() >= list.missing.size()) return;
    throw Error(
        ErrorCode::invalid_argument, words_of_missing(list, file) + ", which is too little",
        "Import the clips it lacks, or write clip names as the dataset page shows them, one a line. Take out of "
        "the list what is not meant.");
}

}  // namespace rest::engine
