// SPDX-License-Identifier: GPL-3.0-or-later
// Settings as text: `--set name=value` and the fields of forms.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/engine/settings/setting_table.h"

namespace rest::engine {
namespace {

constexpr char kBetweenTexts = '|';
constexpr char kEscape = '\\';  // before a | or a \ that is part of a text

/// The texts between the bars, unescaped.
std::vector<std::string> split_texts(std::string_view text) {
    std::vector<std::string> parts(1);
    for (size_t i = 0; i < text.size(); ++i) {
        const bool escaped =
            text[i] == kEscape && i + 1 < text.size() && (text[i + 1] == kBetweenTexts || text[i + 1] == kEscape);
        if (text[i] == kBetweenTexts)
            parts.emplace_back();
        else
            parts.back() += text[escaped ? ++i : i];
    }
    return parts;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == kBetweenTexts || c == kEscape) out += kEscape;
        out += c;
    }
    return out;
}

[[noreturn]] void unreadable(const SettingInfo& info, std::string_view text, const char* wanted) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{} = \"{}\" is not {}", info.name, text, wanted), info.help);
}

template <class Number>
Number read_number(const SettingInfo& info, std::string_view text, const char* wanted) {
    const auto digits = trimmed(text);
    Number value{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) unreadable(info, text, wanted);
    check_range(info, static_cast<double>(value), digits);
    return value;
}

void read(const SettingInfo& info, std::string_view text, int64_t& value) {
    value = read_number<int64_t>(info, text, "a whole number");
}

void read(const SettingInfo& info, std::string_view text, double& value) {
    value = read_number<double>(info, text, "a number");
}

void read(const SettingInfo& info, std::string_view text, bool& value) {
    const std::string word = ascii_lower(trimmed(text));
    for (const char* yes : {"true", "yes", "on", "1"}) {
        if (word == yes) return void(value = true);
    }
    for (const char* no : {"false", "no", "off", "0"}) {
        if (word == no) return void(value = false);
    }
    unreadable(info, text, "true or false");
}

void read(const SettingInfo& info, std::string_view text, std::string& value) {
    check_text(info, text);
    value = text;
}

void read(const SettingInfo& info, std::string_view text, std::vector<std::string>& value) {
    auto parts = split_texts(text);
    std::erase_if(parts, [](const std::string& part) { return trimmed(part).empty(); });
    if (parts.empty()) unreadable(info, text, "a list of texts with | between them");
    value = std::move(parts);
}

std::string write(int64_t value) {
    return std::to_string(value);
}
std::string write(double value) {
    return fmt::format("{}", value);
}
std::string write(bool value) {
    return value ? "true" : "false";
}
std::string write(const std::string& value) {
    return value;
}
std::string write(const std::vector<std::string>& value) {
    std::string out;
    for (size_t i = 0; i < value.size(); ++i) {
        if (i > 0) out += kBetweenTexts;
        out += escaped(value[i]);
    }
    return out;
}

}  // namespace

void set_setting(TrainSettings& settings, std::string_view name, std::string_view value) {
    const Setting& setting = find_setting(name);
    edit_value(setting, settings, [&](auto& to) { read(setting.info, value, to); });
}

std::string setting_text(const TrainSettings& settings, std::string_view name) {
    return with_value(find_setting(name), settings, [](const auto& value) { return write(value); });
}

}  // namespace rest::engine
