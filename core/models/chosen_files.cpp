// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/chosen_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace rest::models {
namespace {

constexpr std::string_view kIndexEnding = ".index.json";
constexpr size_t kDigits = 5;

/// The number of pieces if `name` is one piece of STEM.ENDING.index.json: 3 for "STEM-00002-of-00003.ENDING"; else 0.
int pieces_by(std::string_view name, std::string_view stem, std::string_view ending) {
    constexpr std::string_view kOf = "-of-";
    if (name.size() != stem.size() + 1 + kDigits + kOf.size() + kDigits + ending.size() || !name.starts_with(stem) ||
        !name.ends_with(ending) || name[stem.size()] != '-' ||
        name.substr(stem.size() + 1 + kDigits, kOf.size()) != kOf)
        return 0;
    int count = 0;
    const auto digits = name.substr(stem.size() + 1 + kDigits + kOf.size(), kDigits);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + kDigits, count);
    return error == std::errc() && end == digits.data() + kDigits ? count : 0;
}

/// All pieces of an index; none if it names them in another way.
std::vector<std::string> pieces_of(const std::string& index, const std::set<std::string>& names) {
    const auto whole = std::string_view(index).substr(0, index.size() - kIndexEnding.size());
    const auto dot = whole.rfind('.');
    if (dot == std::string_view::npos) return {};
    const auto stem = whole.substr(0, dot), ending = whole.substr(dot);
    std::vector<std::string> pieces;
    for (const auto& name : names) {
        const int count = pieces_by(name, stem, ending);
        for (int i = 1; i <= count; ++i) pieces.push_back(fmt::format("{}-{:05}-of-{:05}{}", stem, i, count, ending));
        if (count > 0) break;
    }
    return pieces;
}

}  // namespace

ChosenFiles choose_files(const CatalogueEntry& entry, const std::set<std::string>& names) {
    ChosenFiles out;
    const auto add = [&](const std::string& name) {
        if (std::ranges::find(out.files, name) == out.files.end()) out.files.push_back(name);
    };
    for (const auto& group : entry.files) {
        const auto name = std::ranges::find_if(group, [&](const auto& file) { return names.contains(file); });
        if (name != group.end()) {
            add(*name);
            continue;
        }
        std::string neither;
        for (const auto& file : group) neither += (neither.empty() ? "neither " : " nor ") + file;
        if (out.lacking.empty()) out.lacking = group.size() == 1 ? "no " + group.front() : neither;
    }
    for (const auto& file : entry.also) {
        if (names.contains(file)) add(file);
    }
    for (size_t i = 0; i < out.files.size(); ++i) {
        const auto file = out.files[i];
        if (!file.ends_with(kIndexEnding)) continue;
        for (const auto& piece : pieces_of(file, names)) {
            add(piece);
            if (out.lacking.empty() && !names.contains(piece)) out.lacking = "no " + piece + ", a piece of " + file;
        }
    }
    return out;
}

}  // namespace rest::models
