// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/names/name_keys.h"

#include <algorithm>
#include <array>

#include "core/base/strings.h"
#include "core/dataset/names/letters.h"
#include "core/dataset/names/path_text.h"
#include "core/text/file_text.h"
#include "core/text/unicode.h"

namespace rest::dataset {
namespace {

constexpr std::array<std::string_view, 41> kVideoExtensions = {
    ".264",  ".265",  ".3g2", ".3gp",  ".asf",  ".avi",  ".divx", ".dv",  ".f4v",   ".flv",  ".h264",
    ".h265", ".hevc", ".ivf", ".m1v",  ".m2t",  ".m2ts", ".m2v",  ".m4v", ".mjpeg", ".mjpg", ".mk3d",
    ".mkv",  ".mov",  ".mp4", ".mpe",  ".mpeg", ".mpg",  ".mpv",  ".mts", ".mxf",   ".nut",  ".ogm",
    ".ogv",  ".qt",   ".rm",  ".rmvb", ".ts",   ".vob",  ".webm", ".wmv"};
// Pictures or clips: GIFs are a data set's clips where it has no others.
constexpr std::array<std::string_view, 2> kAnimationExtensions = {".apng", ".gif"};

template <class Known>
bool is_one_of(const Known& known, std::string_view extension) {
    return std::any_of(known.begin(), known.end(), [&](auto one) { return iequals(one, extension); });
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
    return is_one_of(kVideoExtensions, extension);
}

bool is_animation_extension(std::string_view extension) {
    return is_one_of(kAnimationExtensions, extension);
}

std::string_view without_video_extensions(std::string_view path) {
    while (true) {
        const auto extension = extension_of(path);
        if (extension.empty() || !(is_video_extension(extension) || is_animation_extension(extension))) return path;
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

std::string with_comparable_folders(std::string_view key) {
    std::string out;
    size_t at = 0;
    for (size_t end = key.find('/'); end != std::string_view::npos; at = end + 1, end = key.find('/', at))
        out.append(class_key(key.substr(at, end - at))).append(1, '/');
    return out.append(key.substr(at));
}

std::string class_key(std::string_view name) {
    std::string lower = text::lower_name(name);
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
    return out.empty() ? lower : out;
}

}  // namespace rest::dataset
