// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/clip_finder.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/strings.h"
#include "core/dataset/listed_path.h"
#include "core/dataset/name_keys.h"
#include "core/dataset/path_text.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

/// "417" and "417.0" as "000417"; other text unchanged.
std::string padded_seconds(std::string_view text) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || !(seconds >= 0) || seconds > 1e9)
        return std::string(text);
    const std::string digits = std::to_string(std::llround(std::floor(seconds)));
    return digits.size() < 6 ? std::string(6 - digits.size(), '0') + digits : digits;
}

/// "-_0l35AkU34_000062_000072" -> its id: what precedes two numbers at the right. Ids may contain '_' and '-'.
std::string_view id_of_clip(std::string_view stem) {
    std::string_view rest = stem;
    for (int i = 0; i < 2; ++i) {
        const auto digits = rest.find_last_not_of("0123456789");
        if (digits == std::string_view::npos || digits + 1 == rest.size() || rest[digits] != '_') return stem;
        rest = rest.substr(0, digits);
    }
    return rest.empty() ? stem : rest;
}

/// A clip's key with its folders normalised as classes: "brush_hair/a" and "Brush Hair/a" are one place.
std::string with_comparable_folders(const std::string& key) {
    if (key.find('/') == std::string::npos) return key;
    std::string out;
    for (size_t at = 0; at < key.size();) {
        const size_t end = std::min(key.find('/', at), key.size());
        const auto name = std::string_view(key).substr(at, end - at);
        const bool last = end == key.size();
        const std::string folder = last || name == ".." ? std::string() : class_key(name);
        out += folder.empty() ? std::string(name) : folder;
        if (!last) out += '/';
        at = end + 1;
    }
    return out;
}

/// The last folder and the name; only the name if there is no folder.
std::string_view place_key(std::string_view key) {
    const auto folder = folder_of(key);
    const auto before = folder.rfind('/');
    return before == std::string_view::npos ? key : key.substr(before + 1);
}

/// Number of path components that two paths share at their ends.
uint32_t common_names(std::string_view a, std::string_view b) {
    uint32_t common = 0;
    while (!a.empty() && !b.empty() && file_name(a) == file_name(b)) {
        ++common;
        a = folder_of(a);
        b = folder_of(b);
    }
    return common;
}

/// True if one path is a suffix of the other, whole components only.
bool one_ends_with_other(std::string_view a, std::string_view b) {
    if (a.size() < b.size()) std::swap(a, b);
    if (!a.ends_with(b)) return false;
    return a.size() == b.size() || b.starts_with('/') || a[a.size() - b.size() - 1] == '/';
}

/// `path` relative to `folder`, with its ".." resolved; empty if it leaves the root.
std::string from_folder(std::string_view folder, const std::string& path) {
    const auto normal = (std::filesystem::path(folder) / path).lexically_normal().generic_string();
    return normal.starts_with("..") ? std::string() : normal;
}

/// The part of `path` below `root`, both beginning with '/'; empty if it is not below.
std::string below(std::string_view root, std::string_view path) {
    if (!path.starts_with(root) || path.size() <= root.size() || path[root.size()] != '/') return {};
    return std::string(path.substr(root.size() + 1));
}

bool is_guess(const Candidate& candidate) {
    return candidate.fit >= Fit::by_tail;
}

/// A guess is kept only if there is nothing better and no other guess is as good.
void drop_guesses(std::vector<Candidate>& sorted) {
    if (sorted.size() < 2) return;
    const bool better = !is_guess(sorted[0]);
    const bool equal = sorted[0].fit == sorted[1].fit && sorted[0].rank / 8 == sorted[1].rank / 8;
    if (better)
        std::erase_if(sorted, is_guess);
    else if (equal)
        sorted.clear();
    else
        sorted.resize(1);
}

constexpr const char* kByItsEnd = "by the end of the path, what stands before it is not here";

}  // namespace

struct ClipFinder::Wanted {
    const ListRow& row;
    std::string_view written = {};  // one reading of the path
    std::string_view told_as = {};
    bool rooted = false;
    std::string key = {};
    std::string place = {};       // with_comparable_folders()
    std::string class_name = {};  // class_key()
    std::optional<Split> path_split = std::nullopt;
    bool names_are_unique = false;
};

std::string name_by_id(const ListRow& row) {
    if (row.start.empty() || row.end.empty()) return row.id;
    return row.id + "_" + padded_seconds(row.start) + "_" + padded_seconds(row.end);
}

ClipFinder::ClipFinder(const FileTree& tree) : tree_(tree), root_key_(clip_key(tree.root.generic_string())) {
    std::unordered_map<std::string_view, uint32_t> seen;
    keys_.reserve(tree.videos.size());
    places_.reserve(tree.videos.size());
    for (const auto& video : tree.videos) {
        keys_.push_back(clip_key(video.path));
        places_.push_back(with_comparable_folders(keys_.back()));
        const auto [at, is_new] = seen.emplace(dataset::folder_of(video.path), static_cast<uint32_t>(folders_.size()));
        if (is_new) {
            Folder folder{{}, place_of(video.path).split};
            for (const auto& name : split(at->first, '/')) folder.class_keys.push_back(class_key(name));
            folders_.push_back(std::move(folder));
        }
        folder_of_video_.push_back(at->second);
    }
    for (uint32_t i = 0; i < keys_.size(); ++i) {
        by_key_[keys_[i]].push_back(i);
        by_place_[place_key(places_[i])].push_back(i);
        const auto stem = file_name(keys_[i]);
        by_stem_[stem].push_back(i);
        by_id_[id_of_clip(stem)].push_back(i);
    }
}

void ClipFinder::set_classes(const std::vector<std::string>& names) {
    for (const auto& name : names) classes_.insert(class_key(name));
}

bool ClipFinder::knows(std::string_view written) const {
    for (const auto& reading : path_readings(written)) {
        const auto key = clip_key(reading.path);
        const auto at = by_stem_.find(file_name(key));
        if (at == by_stem_.end()) continue;
        if (dataset::folder_of(key).empty() || by_place_.contains(place_key(with_comparable_folders(key)))) return true;
    }
    return false;
}

void ClipFinder::judge(uint32_t video, bool full, uint32_t common, const Wanted& wanted,
                       std::vector<Candidate>& out) const {
    const Folder& place = folder(video);
    const auto& split = wanted.row.split;
    const bool right_class = !wanted.class_name.empty() && std::find(place.class_keys.begin(), place.class_keys.end(),
                                                                     wanted.class_name) != place.class_keys.end();
    const bool other_class = !right_class && !wanted.class_name.empty() &&
                             std::any_of(place.class_keys.begin(), place.class_keys.end(),
                                         [&](auto& key) { return classes_.contains(key); });
    const bool right_split = split && place.split == split;
    const bool other_split = (split && place.split && place.split != split) ||
                             (wanted.path_split && place.split && place.split != wanted.path_split);
    Fit fit = Fit::by_tail;
    if (full) {
        fit = other_class                  ? Fit::other_class
              : other_split                ? Fit::other_split
              : right_class || right_split ? Fit::right_place
                                           : Fit::by_name;
    } else if (other_split || (other_class && !wanted.names_are_unique)) {
        return;
    } else if (common < 2) {
        fit = Fit::name_alone;
    }
    const bool same_ending = extension_of(tree_.videos[video].path) == extension_of(wanted.written);
    out.push_back(
        {video, fit, common * 8 + same_ending * 4U + right_class * 2U + right_split, std::string(wanted.told_as)});
    if (out.back().told_as.empty() && (is_guess(out.back()) || wanted.rooted)) out.back().told_as = kByItsEnd;
}

void ClipFinder::add_by_path(const Wanted& wanted, std::vector<Candidate>& out) const {
    const auto name = file_name(wanted.key);
    const bool has_folder = !dataset::folder_of(wanted.key).empty();
    const auto consider = [&](const Index& index, std::string_view key) {
        const auto at = index.find(key);
        if (at == index.end()) return;
        for (const uint32_t video : at->second) {
            const bool full = one_ends_with_other(places_[video], wanted.place);
            judge(video, full, common_names(places_[video], wanted.place), wanted, out);
        }
    };
    if (!has_folder) return consider(by_stem_, name);
    consider(by_place_, place_key(wanted.place));
    if (out.empty()) consider(by_place_, name);  // videos at the root
    if (!out.empty() || !(wanted.rooted || wanted.names_are_unique)) return;
    const auto at = by_stem_.find(name);
    if (at != by_stem_.end() && at->second.size() == 1) judge(at->second.front(), false, 1, wanted, out);
}

void ClipFinder::add_by_id(const Wanted& wanted, std::vector<Candidate>& out) const {
    const ListRow& row = wanted.row;
    const bool timed = !row.start.empty() && !row.end.empty();
    std::vector<std::string> names;
    if (timed) names = {name_by_id(row), row.id + "_" + row.start + "_" + row.end};
    names.push_back(row.id);
    names.push_back("v_" + row.id);  // ActivityNet's names
    for (const auto& name : names) {
        const auto key = clip_key(name);
        const Index& index = !timed && name == row.id ? by_id_ : by_stem_;
        const auto at = index.find(key);
        if (at == index.end()) continue;
        for (const uint32_t video : at->second) judge(video, true, 1, wanted, out);
        return;
    }
}

const ClipFinder::Index& ClipFinder::loose_index() const {
    if (!loose_keys_.empty()) return by_loose_stem_;
    loose_keys_.reserve(keys_.size());
    for (const auto& video : tree_.videos) loose_keys_.push_back(loose_clip_key(video.path));
    for (uint32_t i = 0; i < loose_keys_.size(); ++i) by_loose_stem_[file_name(loose_keys_[i])].push_back(i);
    return by_loose_stem_;
}

void ClipFinder::add_respelled(const Wanted& wanted, std::vector<Candidate>& out) const {
    const std::string key = loose_clip_key(wanted.written);
    const auto& index = loose_index();
    const auto at = index.find(file_name(key));
    if (at == index.end()) return;
    for (const uint32_t video : at->second) {
        const bool full = one_ends_with_other(loose_keys_[video], key);
        if (!full && (!wanted.names_are_unique || at->second.size() > 1)) continue;
        const size_t before = out.size();
        judge(video, true, common_names(loose_keys_[video], key), wanted, out);
        if (out.size() == before) continue;
        if (out.back().fit == Fit::other_split || out.back().fit == Fit::other_class) {
            out.pop_back();
            continue;
        }
        out.back().fit = Fit::respelled;
        out.back().told_as = "another spelling (case, blanks or _)";
    }
}

void ClipFinder::add_exact(const Wanted& wanted, std::string_view list_folder, std::vector<Candidate>& out) const {
    const std::string beside =
        wanted.rooted ? below(root_key_, wanted.key) : clip_key(from_folder(list_folder, wanted.key));
    for (const auto& key : {wanted.key, beside}) {
        const auto at = by_key_.find(key);
        if (key.empty() || at == by_key_.end()) continue;
        for (const uint32_t video : at->second) {
            judge(video, true, 1, wanted, out);
            out.back().fit = Fit::exact;
            if (out.back().told_as == kByItsEnd) out.back().told_as.clear();
        }
        return;
    }
}

std::vector<Candidate> ClipFinder::candidates(const ListRow& row, std::string_view list_folder,
                                              std::string_view class_name, bool names_are_unique) const {
    std::vector<Candidate> out;
    Wanted wanted{.row = row, .class_name = class_key(class_name), .names_are_unique = names_are_unique};
    if (row.by_id()) add_by_id(wanted, out);
    const auto readings = row.by_id() ? std::vector<PathReading>() : path_readings(row.path);
    for (const auto& reading : readings) {
        wanted.written = reading.path;
        wanted.told_as = reading.told_as;
        wanted.rooted = reading.rooted;
        wanted.key = clip_key(reading.path);
        if (wanted.key.empty()) continue;
        wanted.place = with_comparable_folders(wanted.key);
        wanted.path_split = place_of(reading.path).split;
        add_exact(wanted, list_folder, out);
        if (out.empty()) add_by_path(wanted, out);
        if (!out.empty()) break;
    }
    if (out.empty() && !readings.empty()) add_respelled(wanted, out);
    std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) {
        return a.fit != b.fit ? a.fit < b.fit : a.rank > b.rank;
    });
    drop_guesses(out);
    return out;
}

}  // namespace rest::dataset
