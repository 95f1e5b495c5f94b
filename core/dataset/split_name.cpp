// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/split_name.h"

#include <algorithm>
#include <array>

#include "core/base/strings.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {
namespace {

/// Folder names that only group clips and mean nothing.
constexpr std::array<std::string_view, 9> kContainers = {"videos", "video", "clips", "clip",   "rawvideos",
                                                         "raw",    "data",  "set",   "dataset"};

bool is_container(std::string_view name) {
    return std::any_of(kContainers.begin(), kContainers.end(), [&](auto known) { return iequals(name, known); });
}

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || is_upper(c);
}

constexpr std::array<std::pair<std::string_view, Split>, 15> kSplitWords = {{{"train", Split::train},
                                                                             {"training", Split::train},
                                                                             {"trn", Split::train},
                                                                             {"val", Split::val},
                                                                             {"validate", Split::val},
                                                                             {"validation", Split::val},
                                                                             {"valid", Split::val},
                                                                             {"vld", Split::val},
                                                                             {"dev", Split::val},
                                                                             {"development", Split::val},
                                                                             {"eval", Split::val},
                                                                             {"evaluation", Split::val},
                                                                             {"test", Split::test},
                                                                             {"testing", Split::test},
                                                                             {"tst", Split::test}}};

/// Suffixes that may follow a split's name without a gap: "trainlist01", "valset", "testvideos".
constexpr std::array<std::string_view, 8> kTails = {"list", "lists",  "set",   "split",
                                                    "data", "videos", "files", "clips"};

/// "kineticsTrain_list01" -> "kinetics", "Train", "list".
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (size_t i = 0; i < name.size(); ++i) {
        const bool begins = is_upper(name[i]) && i > 0 && !is_upper(name[i - 1]);
        if ((begins || !is_letter(name[i])) && !words.back().empty()) words.emplace_back();
        if (is_letter(name[i])) words.back() += name[i];
    }
    return words;
}

std::optional<Split> split_of_word(const std::string& word) {
    if (const auto split = split_from_string(word)) return split;
    const std::string lower = ascii_lower(word);
    for (const auto tail : kTails) {
        if (!lower.ends_with(tail)) continue;
        if (const auto split = split_from_string(std::string_view(lower).substr(0, lower.size() - tail.size())))
            return split;
    }
    return std::nullopt;
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
    for (const auto& [known, split] : kSplitWords) {
        if (word == known) return split;
    }
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
    std::optional<Split> found;
    for (const auto& word : words_of(file_name(path))) {
        const auto split = split_of_word(word);
        if (split && found && *split != *found) return std::nullopt;
        if (split) found = split;
    }
    return found;
}

std::string_view own_folder(std::string_view path) {
    return file_name(folder_of(path));
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
