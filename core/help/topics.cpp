// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/topics.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/strings.h"
#include "core/help/settings_topic.h"

namespace rest::help {
namespace {

constexpr std::string_view kSettings = "settings";
constexpr std::array kNames = {
    std::string_view("start"),         std::string_view("own-data"),      std::string_view("models"),
    std::string_view("training"),      std::string_view("machines"),      kSettings,
    std::string_view("captions"),      std::string_view("reports"),       std::string_view("failures"),
    std::string_view("protocols"),     std::string_view("study"),         std::string_view("annotators"),
    std::string_view("annotators-de"), std::string_view("annotators-zh"), std::string_view("exchange"),
    std::string_view("method"),        std::string_view("keys"),          std::string_view("troubleshooting")};

/// "# Title" on the first line.
std::string title_of(std::string_view text) {
    const auto line = text.substr(0, text.find('\n'));
    return std::string(trimmed(line.substr(std::min(line.size(), line.find_first_not_of('#')))));
}

bool holds_every(std::string_view text, const std::vector<std::string>& words) {
    return std::ranges::all_of(words, [&](const auto& word) { return text.find(word) != std::string_view::npos; });
}

}  // namespace

std::string topic_text(std::string_view name) {
    if (std::ranges::find(kNames, name) == kNames.end())
        throw Error(ErrorCode::not_found, fmt::format("There is no topic \"{}\"", name),
                    fmt::format("Topics: {}.", fmt::join(kNames, ", ")));
    if (name == kSettings) return settings_topic();
    return read_file(resources_dir() / "help" / fmt::format("{}.md", name));
}

std::vector<Topic> topics() {
    return topics_about({});
}

std::vector<Topic> topics_about(std::string_view words) {
    std::vector<std::string> wanted;
    for (auto& word : split(collapse_blanks(ascii_lower(words)), ' '))
        if (!word.empty()) wanted.push_back(std::move(word));
    std::vector<Topic> found;
    for (const auto name : kNames) {
        const auto text = topic_text(name);
        if (holds_every(ascii_lower(text), wanted)) found.push_back({std::string(name), title_of(text)});
    }
    return found;
}

}  // namespace rest::help
