// SPDX-License-Identifier: GPL-3.0-or-later
// Looks settings up and reports invalid values.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/engine/settings/setting_table.h"

namespace rest::engine {
namespace {

/// Levenshtein distance of a and b.
size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 0; i < a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.size(); ++j) {
            const size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

const Setting& closest(std::string_view name) {
    const auto table = setting_table();
    const std::string wanted = ascii_lower(name);
    return *std::min_element(table.begin(), table.end(), [&wanted](const Setting& a, const Setting& b) {
        return edit_distance(wanted, a.info.name) < edit_distance(wanted, b.info.name);
    });
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

[[noreturn]] void contradiction(const std::string& message, const std::string& remedy) {
    throw Error(ErrorCode::invalid_argument, message, remedy);
}

bool is_device(std::string_view name) {
    if (name == "auto" || name == "cpu" || name == "cuda") return true;
    if (!name.starts_with("cuda:")) return false;
    const auto number = name.substr(5);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !number.empty() && number.size() <= 3 && std::all_of(number.begin(), number.end(), is_digit);
}

}  // namespace

const Setting& find_setting(std::string_view name) {
    const auto table = setting_table();
    const auto at = std::find_if(table.begin(), table.end(), [name](const Setting& s) { return s.info.name == name; });
    if (at != table.end()) return *at;
    throw Error(ErrorCode::invalid_argument, fmt::format("There is no setting \"{}\"", name),
                fmt::format("Did you mean {}?", closest(name).info.name));
}

void check_range(const SettingInfo& info, double value, std::string_view shown) {
    if (std::isfinite(value) && value >= info.minimum && value <= info.maximum) return;
    const std::string written = shown.empty() ? fmt::format("{}", value) : std::string(shown);
    throw Error(ErrorCode::invalid_argument, fmt::format("{} = {} is out of range", info.name, written),
                fmt::format("Use a value from {} to {}.", info.minimum, info.maximum));
}

void check_text(const SettingInfo& info, std::string_view value) {
    if (info.choices.empty() || std::find(info.choices.begin(), info.choices.end(), value) != info.choices.end())
        return;
    throw Error(ErrorCode::invalid_argument, fmt::format("{} = \"{}\" is not allowed", info.name, value),
                fmt::format("Use one of: {}.", joined(info.choices)));
}

void check_settings(const TrainSettings& settings) {
    for (const auto& setting : setting_table()) {
        with_value(setting, settings, [&setting](const auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>)
                check_text(setting.info, value);
            else if constexpr (std::is_arithmetic_v<T>)
                check_range(setting.info, static_cast<double>(value));
        });
    }
    if (settings.optimisation.minimal_learning_rate > settings.optimisation.learning_rate) {
        contradiction(fmt::format("minimal_learning_rate = {} is larger than learning_rate = {}",
                                  settings.optimisation.minimal_learning_rate, settings.optimisation.learning_rate),
                      "The learning rate only falls: lower minimal_learning_rate.");
    }
    if (settings.generation.min_length > settings.generation.max_length) {
        contradiction(fmt::format("min_length = {} is larger than max_length = {}", settings.generation.min_length,
                                  settings.generation.max_length),
                      "Lower min_length or raise max_length.");
    }
    if (settings.optimisation.micro_batch > settings.optimisation.batch_size) {
        contradiction(fmt::format("micro_batch = {} is larger than batch_size = {}", settings.optimisation.micro_batch,
                                  settings.optimisation.batch_size),
                      "Use 0 for the whole batch at once.");
    }
    if (settings.generation.prompts.empty()) {
        contradiction("prompts is empty, so there would be no first captions",
                      "Give at least one, e.g. \"a video of \".");
    }
    for (const auto& text : settings.measurement.class_templates) {
        if (text.find("{}") == std::string::npos) {
            contradiction(fmt::format("class_templates: \"{}\" has no place for the class name", text),
                          "Write {} where it goes, e.g. \"a video of {}\".");
        }
    }
    if (!is_device(settings.machine.device)) {
        contradiction(fmt::format("device = \"{}\" is unknown", settings.machine.device),
                      "Use auto, cpu, cuda or cuda:n.");
    }
}

}  // namespace rest::engine
