// SPDX-License-Identifier: GPL-3.0-or-later
// Settings as JSON: stored with a run and read by `--config`.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/engine/settings/setting_table.h"

namespace rest::engine {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void wrong_kind(const SettingInfo& info, const Json& json, const char* wanted) {
    const auto shown = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    throw Error(ErrorCode::invalid_argument, fmt::format("{} = {} is not {}", info.name, shown, wanted), info.help);
}

void read(const SettingInfo& info, const Json& json, int64_t& value) {
    constexpr const char* kWanted = "a whole number";
    if (!json.is_number()) wrong_kind(info, json, kWanted);
    const double number = json.get<double>();
    check_range(info, number, json.dump());
    if (number != std::floor(number)) wrong_kind(info, json, kWanted);
    value = json.is_number_float() ? static_cast<int64_t>(number) : json.get<int64_t>();
}

void read(const SettingInfo& info, const Json& json, double& value) {
    if (!json.is_number()) wrong_kind(info, json, "a number");
    const double number = json.get<double>();
    check_range(info, number, json.dump());
    value = number;
}

void read(const SettingInfo& info, const Json& json, bool& value) {
    if (!json.is_boolean()) wrong_kind(info, json, "true or false");
    value = json.get<bool>();
}

void read(const SettingInfo& info, const Json& json, std::string& value) {
    if (!json.is_string()) wrong_kind(info, json, "a text");
    auto text = json.get<std::string>();
    check_text(info, text);
    value = std::move(text);
}

void read(const SettingInfo& info, const Json& json, std::vector<std::string>& value) {
    constexpr const char* kWanted = "a list of texts";
    if (!json.is_array() || json.empty()) wrong_kind(info, json, kWanted);
    std::vector<std::string> texts;
    for (const auto& item : json) {
        if (!item.is_string()) wrong_kind(info, json, kWanted);
        texts.push_back(item.get<std::string>());
    }
    value = std::move(texts);
}

Json parse(std::string_view text) {
    std::set<std::string> names;
    const auto once = [&](int depth, Json::parse_event_t event, const Json& name) {
        if (event == Json::parse_event_t::key && depth == 1 && !names.insert(name.get<std::string>()).second) {
            throw Error(ErrorCode::invalid_argument, fmt::format("The settings name {} twice", name.get<std::string>()),
                        "Name it once.");
        }
        return true;
    };
    auto json = nests_too_deep(text) ? Json(Json::value_t::discarded) : Json::parse(text, once, false);
    if (json.is_object()) return json;
    throw Error(ErrorCode::invalid_argument,
                json.is_discarded() ? "The settings are no valid JSON" : "The settings are no JSON object",
                "Write them as {\"epochs\": 60, \"learning_rate\": 2e-5}.");
}

}  // namespace

std::string to_json(const TrainSettings& settings) {
    Json json = Json::object();
    for (const auto& setting : setting_table()) {
        with_value(setting, settings, [&](const auto& value) { json[setting.info.name] = value; });
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

TrainSettings settings_from_json(std::string_view json, const TrainSettings& base) {
    TrainSettings settings = base;
    const Json object = parse(json);
    for (const auto& [name, value] : object.items()) {
        const Setting& setting = find_setting(name);
        edit_value(setting, settings, [&, &json_value = value](auto& to) { read(setting.info, json_value, to); });
    }
    return settings;
}

}  // namespace rest::engine
