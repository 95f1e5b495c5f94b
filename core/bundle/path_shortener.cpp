// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/path_shortener.h"

#include <algorithm>
#include <cctype>

namespace rest::bundle {
namespace {

std::string plain(const std::filesystem::path& folder) {
    if (!folder.is_absolute()) return {};
    std::string text = folder.lexically_normal().string();
    while (text.ends_with('/')) text.pop_back();
    return text;
}

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_';
}

bool is_blank(std::string_view text, size_t position) {
    return position < text.size() && std::isspace(static_cast<unsigned char>(text[position])) != 0;
}

/// Whether a folder's name can end before text[position].
bool ends_name(std::string_view text, size_t position) {
    return position >= text.size() || !is_word(text[position]);
}

/// Whether an absolute path can begin at this slash: not inside a word or a relative path, and followed by a name.
bool begins_path(std::string_view text, size_t position) {
    if (text[position] != '/' || position + 1 == text.size() || is_blank(text, position + 1)) return false;
    constexpr std::string_view kOfRelativePaths = ".~)";
    return position == 0 ||
           !(is_word(text[position - 1]) || kOfRelativePaths.find(text[position - 1]) != std::string_view::npos);
}

/// The last slash that can belong to the path at the start of `text`.
size_t last_slash(std::string_view text) {
    size_t last = 0;
    for (size_t position = 1; position < text.size(); ++position) {
        const char c = text[position];
        if (c == '\n' || c == '"') break;
        if ((c == ':' || c == ';' || c == ',') && is_blank(text, position + 1)) break;
        if (c != '/') continue;
        if (is_blank(text, position - 1)) break;
        last = position;
    }
    return last;
}

size_t longest_match(const std::unordered_set<std::string>& folders, std::string_view text, size_t longest) {
    size_t found = 0;
    for (size_t position = 1; position <= std::min(text.size(), longest); ++position) {
        if (ends_name(text, position) && folders.contains(std::string(text.substr(0, position)))) found = position;
    }
    return found;
}

/// "/home/anna" alone identifies a person; what is below it is shortened like any path.
size_t length_of_a_home(std::string_view text) {
    for (const std::string_view homes : {"/home/", "/Users/"}) {
        if (text.starts_with(homes)) return std::min(text.find_first_of(" \t\n\r\":;,", homes.size()), text.size());
    }
    return 0;
}

/// "…/Anna Schmidt.study" becomes "…/<study>.study": from the last character that a name cannot contain to the
/// extension. Words before a name with spaces are removed with it, as the two cannot be told apart.
std::string without_study_names(std::string_view text) {
    constexpr std::string_view kEnding = ".study";
    std::string out;
    size_t position = 0;
    for (size_t end = text.find(kEnding); end != std::string_view::npos; end = text.find(kEnding, position)) {
        const size_t stop = text.substr(position, end - position).find_last_of("/\":;,=]\n");
        const size_t begin = stop == std::string_view::npos ? position : position + stop + 1;
        out += text.substr(position, begin - position);
        if (is_blank(text, begin)) out += ' ';
        out += "<study>";
        out += kEnding;
        position = end + kEnding.size();
    }
    return out += text.substr(position);
}

}  // namespace

PathShortener::PathShortener(const KnownFolders& folders) : home_(plain(folders.home)) {
    const auto take = [this](const std::vector<std::filesystem::path>& from, std::unordered_set<std::string>& to) {
        for (const auto& folder : from) {
            auto text = plain(folder);
            longest_ = std::max(longest_, text.size());
            if (!text.empty()) to.insert(std::move(text));
        }
    };
    take(folders.projects, projects_);
    take(folders.media, media_);
}

PathShortener::Found PathShortener::shortened_path(std::string_view text) const {
    const bool in_home = !home_.empty() && text.starts_with(home_) && ends_name(text, home_.size());
    const std::string left_out = in_home ? "~/…" : "…";
    if (const size_t project = longest_match(projects_, text, longest_); project > 0) {
        const size_t name = text.substr(0, project).rfind('/');
        return {project, left_out + std::string(text.substr(name, project - name))};
    }
    const size_t media = longest_match(media_, text, longest_);
    const size_t last = media + last_slash(text.substr(media));
    if (in_home && last <= home_.size()) return {home_.size(), "~"};
    if (last > 0 && last == text.find('/', 1) && length_of_a_home(text) > last)
        return {length_of_a_home(text), "…/<user>"};
    if (last == 0 && media == 0) return {1, "/"};
    return {std::max(last, media), left_out};
}

std::string PathShortener::shortened(std::string_view text) const {
    std::string out;
    for (size_t position = 0; position < text.size();) {
        if (!begins_path(text, position)) {
            out += text[position++];
            continue;
        }
        const auto found = shortened_path(text.substr(position));
        out += found.instead;
        position += found.length;
    }
    return without_study_names(out);
}

}  // namespace rest::bundle
