// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/base/strings.h"
#include "core/dataset/dataset.h"
#include "core/dataset/name_keys.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {
namespace {

constexpr std::array kLayouts = {Layout::automatic, Layout::kinetics,  Layout::ucf101,
                                 Layout::hmdb51,    Layout::mmaction2, Layout::flat};

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

/// True if a word of a CamelCase name begins at `i`: "TaiChi" at C, "TVShow" at S.
bool word_begins(std::string_view name, size_t i) {
    if (i == 0 || !is_upper(name[i])) return false;
    const bool next_is_lower = i + 1 < name.size() && is_lower(name[i + 1]);
    return is_lower(name[i - 1]) || (is_upper(name[i - 1]) && next_is_lower);
}

}  // namespace

const char* to_string(Layout layout) {
    switch (layout) {
        case Layout::automatic:
            return "auto";
        case Layout::kinetics:
            return "kinetics";
        case Layout::ucf101:
            return "ucf101";
        case Layout::hmdb51:
            return "hmdb51";
        case Layout::mmaction2:
            return "mmaction2";
        case Layout::flat:
            return "flat";
    }
    return "unknown";
}

Layout layout_from_string(std::string_view name) {
    std::string known;
    for (const Layout layout : kLayouts) {
        if (iequals(name, to_string(layout))) return layout;
        known += (known.empty() ? "" : ", ") + std::string(to_string(layout));
    }
    throw Error(ErrorCode::invalid_argument, "There is no dataset layout \"" + std::string(name) + "\"",
                "Choose one of " + known + ".");
}

const char* to_string(FolderNames folders) {
    switch (folders) {
        case FolderNames::automatic:
            return "auto";
        case FolderNames::splits:
            return "splits";
        case FolderNames::classes:
            return "classes";
    }
    return "unknown";
}

FolderNames folder_names_from_string(std::string_view name) {
    for (const FolderNames folders : {FolderNames::automatic, FolderNames::splits, FolderNames::classes}) {
        if (iequals(name, to_string(folders))) return folders;
    }
    throw Error(ErrorCode::invalid_argument, "Folder names cannot be read as \"" + std::string(name) + "\"",
                "Choose one of auto, splits, classes.");
}

std::string readable_class_name(std::string_view name) {
    // A name with spaces is already split into words: its capitals are meant ("playing with iPhone").
    const bool in_words = trimmed(name).find(' ') != std::string_view::npos;
    std::string spaced;
    for (size_t i = 0; i < name.size(); ++i) {
        if (!in_words && word_begins(name, i)) spaced += ' ';
        spaced += name[i] == '_' ? ' ' : name[i];
    }
    return collapse_blanks(spaced);
}

bool is_video_file(const std::filesystem::path& path) {
    return is_video_extension(extension_of(path.native()));
}

}  // namespace rest::dataset
