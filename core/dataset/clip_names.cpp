// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/clip_names.h"

#include <algorithm>

#include "core/base/strings.h"
#include "core/dataset/listed_path.h"
#include "core/dataset/name_keys.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {
namespace {

constexpr size_t kIdLength = 11;

struct KineticsName {
    std::string_view id, start, end;
};

std::optional<KineticsName> kinetics_name(std::string_view stem) {
    if (stem.size() < kIdLength + 4 || stem[kIdLength] != '_') return std::nullopt;
    const auto times = stem.substr(kIdLength + 1);
    const auto between = times.find('_');
    if (between == 0 || between == std::string_view::npos || between + 1 == times.size()) return std::nullopt;
    const KineticsName name{stem.substr(0, kIdLength), times.substr(0, between), times.substr(between + 1)};
    const auto digits = [](std::string_view t) { return t.find_first_not_of("0123456789") == std::string_view::npos; };
    if (!digits(name.start) || !digits(name.end)) return std::nullopt;
    return name;
}

std::string_view without_zeros(std::string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

/// "UCF-101/ApplyEyeMakeup/v_x.avi" -> "/ucf101/applyeyemakeup".
std::string comparable_folders(std::string_view path) {
    std::string out;
    if (folder_of(path).empty()) return out;
    for (const auto& folder : split(folder_of(path), '/')) {
        if (folder.empty() || folder == ".") continue;
        const auto key = class_key(folder);
        out.append("/").append(key.empty() ? folder : key);
    }
    return out;
}

/// Number of folders that agree, from the right.
int common_folders(std::string_view a, std::string_view b) {
    int common = 0;
    while (!a.empty() && !b.empty() && file_name(a) == file_name(b)) {
        a = folder_of(a);
        b = folder_of(b);
        ++common;
    }
    return common;
}

/// True when one path ends with the other; both begin with '/' or are empty.
bool one_folder_ends_with_other(std::string_view a, std::string_view b) {
    return a.ends_with(b) || b.ends_with(a);
}

}  // namespace

std::string comparable_clip_name(std::string_view path) {
    const std::string key = clip_key(path);
    const auto stem = file_name(key);
    const auto name = kinetics_name(stem);
    if (!name) return std::string(stem);
    std::string out(name->id);
    out.append("_").append(without_zeros(name->start)).append("_").append(without_zeros(name->end));
    return out;
}

ClipNames::ClipNames(std::span<const std::string> names) {
    folders_.reserve(names.size());
    for (const auto& name : names) {
        auto& clips = by_name_[comparable_clip_name(name)];
        doubles_ += !clips.empty();
        clips.push_back(static_cast<uint32_t>(folders_.size()));
        folders_.push_back(comparable_folders(name));
    }
}

std::optional<size_t> ClipNames::find(std::string_view listed, bool names_are_unique) const {
    for (const auto& reading : path_readings(listed)) {
        if (const auto found = find_path(reading.path, names_are_unique)) return found;
    }
    return std::nullopt;
}

std::optional<size_t> ClipNames::find_path(std::string_view listed, bool names_are_unique) const {
    auto clips = by_name_.find(comparable_clip_name(listed));
    if (clips == by_name_.end() && names_are_unique) {
        const std::string key = clip_key(listed);
        if (const auto name = kinetics_name(file_name(key))) clips = by_name_.find(std::string(name->id));
    }
    if (clips == by_name_.end()) return std::nullopt;
    const std::string folders = comparable_folders(listed);
    std::optional<size_t> best;
    int best_common = -1;
    for (const uint32_t clip : clips->second) {
        if (!names_are_unique && !one_folder_ends_with_other(folders_[clip], folders)) continue;
        const int common = common_folders(folders_[clip], folders);
        if (common > best_common) best = clip, best_common = common;
    }
    return best;
}

}  // namespace rest::dataset
