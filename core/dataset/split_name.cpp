// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/split_name.h"

#include <algorithm>
#include <array>

#include "core/base/strings.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {
namespace {

/// Folder names that hold clips and say nothing of them.
constexpr std::array<std::string_view, 9> kContainers = {"videos", "video", "clips", "clip",   "rawvideos",
                                                         "raw",    "data",  "set",   "dataset"};

bool is_container(std::string_view name) {
    return std::any_of(kContainers.begin(), kContainers.end(), [&](auto known) { return iequals(name, known); });
}

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

const char* to_string(Split split) {
    switch (split) {
        case Split::train:
            return "train";
        case Split::val:
            return "val";
        case Split::test:
            return "test";
    }
    return "unknown";
}

std::optional<Split> split_from_string(std::string_view name) {
    const std::string word = ascii_lower(trimmed(name));
    if (word == "train" || word == "training") return Split::train;
    if (word == "val" || word == "validate" || word == "validation" || word == "valid") return Split::val;
    if (word == "test" || word == "testing") return Split::test;
    return std::nullopt;
}

std::optional<Split> split_of_folder(std::string_view name) {
    if (const auto split = split_from_string(name)) return split;
    std::string joined(name);
    std::replace(joined.begin(), joined.end(), '-', '_');
    std::optional<Split> found;
    for (const auto& part : split(joined, '_')) {
        const auto split = split_from_string(part);
        if (split && found) return std::nullopt;
        if (split)
            found = split;
        else if (!is_number(part) && !is_container(part))
            return std::nullopt;
    }
    return found;
}

std::optional<Split> split_of_list(std::string_view path) {
    const std::string_view name = file_stem(path);
    for (size_t at = 0; at < name.size();) {
        size_t end = at;
        while (end < name.size() && is_letter(name[end])) ++end;
        if (const auto split = split_from_string(name.substr(at, end - at))) return split;
        at = end + 1;
    }
    return std::nullopt;
}

SplitPlace place_of(std::string_view path) {
    if (path.find('/') == std::string_view::npos) return {};
    const auto folders = split(folder_of(path), '/');
    const auto named = [](const std::string& folder) { return is_container(folder) ? std::string() : folder; };
    for (size_t i = 0; i < folders.size(); ++i) {
        const auto split = split_of_folder(folders[i]);
        if (split) return {split, i + 1 < folders.size() ? named(folders[i + 1]) : std::string()};
    }
    return {std::nullopt, named(folders.back())};
}

}  // namespace rest::dataset
