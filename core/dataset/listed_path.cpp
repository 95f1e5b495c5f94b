// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/listed_path.h"

#include <algorithm>
#include <charconv>

namespace rest::dataset {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// "%20" to a space; invalid codes stay unchanged.
std::string percent_decoded(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size()) {
            const auto* first = text.data() + i + 1;
            const auto [end, error] = std::from_chars(first, first + 2, value, 16);
            if (error == std::errc() && end == first + 2 && value != 0) {
                out += static_cast<char>(value);
                i += 2;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

/// Removes machine-specific roots: "C:", "~", "$DATA".
bool drop_root(std::string& path) {
    if (path.size() > 2 && is_letter(path[0]) && path[1] == ':' && path[2] == '/')
        path.erase(0, 2);
    else if (path.starts_with("~/") || path.starts_with('$'))
        path.erase(0, std::min(path.find('/'), path.size()));
    return path.starts_with('/');
}

/// "file:///data/a.mp4" -> "/data/a.mp4", "s3://bucket/a.mp4" -> "/bucket/a.mp4"; a query is removed too.
bool drop_scheme(std::string& path) {
    const auto at = path.find("://");
    if (at == std::string::npos || at == 0 || path.find('/') < at) return false;
    path.erase(0, at + 2);
    while (path.starts_with("//")) path.erase(0, 1);
    path.resize(std::min(path.find_first_of("?#"), path.size()));
    return true;
}

}  // namespace

std::vector<PathReading> path_readings(std::string_view written) {
    std::string plain(written);
    std::vector<PathReading> readings{{plain, plain.starts_with('/'), ""}};
    const auto add = [&](std::string path, bool rooted, const char* told_as) {
        if (!path.empty() && path != readings.back().path) readings.push_back({std::move(path), rooted, told_as});
    };
    const bool uri = drop_scheme(plain);
    if (plain.find('\\') != std::string::npos) {
        std::replace(plain.begin(), plain.end(), '\\', '/');
        const bool rooted = drop_root(plain);
        add(plain, rooted, "\\ as /");
    } else if (uri) {
        add(plain, true, "a URI as a path");
    } else if (drop_root(plain)) {
        add(plain, true, "without the drive or variable at its beginning");
    }
    if (plain.find('%') != std::string::npos)
        add(percent_decoded(plain), readings.back().rooted, "%20 and the like as signs");
    return readings;
}

}  // namespace rest::dataset
