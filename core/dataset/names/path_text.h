// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace rest::dataset {

// Parts of a path in its generic form ("train/rowing/0003.mp4"), without the cost of std::filesystem::path: they are
// called some hundred thousand times.

inline std::string_view file_name(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// "" for a file at the top.
inline std::string_view folder_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

inline std::string_view without_extension(std::string_view path) {
    const std::string_view name = file_name(path);
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return path;
    return path.substr(0, path.size() - (name.size() - dot));
}

inline std::string_view file_stem(std::string_view path) {
    return file_name(without_extension(path));
}

/// With the dot, "" if absent.
inline std::string_view extension_of(std::string_view path) {
    return path.substr(without_extension(path).size());
}

/// Names that two paths have in common at their ends.
inline uint32_t common_names(std::string_view a, std::string_view b) {
    uint32_t common = 0;
    while (!a.empty() && !b.empty() && file_name(a) == file_name(b)) {
        ++common;
        a = folder_of(a);
        b = folder_of(b);
    }
    return common;
}

/// True when one path is the other's end at the border of a folder's name.
inline bool one_ends_with_other(std::string_view a, std::string_view b) {
    if (a.size() < b.size()) std::swap(a, b);
    if (!a.ends_with(b)) return false;
    return a.size() == b.size() || b.empty() || b.starts_with('/') || a[a.size() - b.size() - 1] == '/';
}

}  // namespace rest::dataset
