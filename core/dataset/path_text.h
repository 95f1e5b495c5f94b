// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

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

}  // namespace rest::dataset
