// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/name_keys.h"

#include <algorithm>
#include <array>

#include "core/base/strings.h"
#include "core/dataset/path_text.h"
#include "core/text/file_text.h"
#include "core/text/unicode.h"

namespace rest::dataset {
namespace {

constexpr std::array<std::string_view, 25> kVideoExtensions = {
    ".3g2", ".3gp", ".asf",  ".avi", ".divx", ".f4v", ".flv", ".m2ts", ".m2v", ".m4v", ".mkv",  ".mov", ".mp4",
    ".mpe", ".mpg", ".mpeg", ".mts", ".mxf",  ".nut", ".ogm", ".ogv",  ".ts",  ".vob", ".webm", ".wmv"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Joins the components of a path, each transformed by `form`.
template <class Form>
std::string joined(std::string_view path, Form form) {
    std::string out;
    out.reserve(path.size());
    if (path.starts_with('/')) out += '/';
    for (size_t at = 0; at < path.size();) {
        const size_t end = std::min(path.find('/', at), path.size());
        const auto name = path.substr(at, end - at);
        at = end + 1;
        if (name.empty() || name == ".") continue;
        if (!out.empty() && out.back() != '/') out += '/';
        out += form(name);
    }
    return out;
}

}  // namespace

bool is_video_extension(std::string_view extension) {
    return std::any_of(kVideoExtensions.begin(), kVideoExtensions.end(),
                       [&](auto known) { return iequals(known, extension); });
}

std::string_view without_video_extensions(std::string_view path) {
    while (true) {
        const auto extension = extension_of(path);
        if (extension.empty() || !is_video_extension(extension)) return path;
        path.remove_suffix(extension.size());
    }
}

std::string clip_key(std::string_view path) {
    return joined(without_video_extensions(text::comparable_name(path)), [](auto name) { return name; });
}

std::string loose_clip_key(std::string_view path) {
    const auto form = [](std::string_view name) {
        std::string plain(name);
        std::replace(plain.begin(), plain.end(), '_', ' ');
        return collapse_blanks(plain);
    };
    return joined(without_video_extensions(trimmed(text::lower_name(path))), form);
}

std::string class_key(std::string_view name) {
    const std::string lower = text::lower_name(name);
    std::string out;
    bool apart = false;
    for (size_t at = 0; at < lower.size();) {
        const char32_t c = text::unicode::next(lower, at);
        if (c == '_' || c == '-' || text::unicode::is_space(c)) {
            apart = true;
            continue;
        }
        if (apart && c < 0x80 && is_digit(static_cast<char>(c)) && !out.empty() && is_digit(out.back())) out += '-';
        apart = false;
        text::unicode::append(out, c);
    }
    return out;
}

}  // namespace rest::dataset
