// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// A field in one part of TrainSettings.
template <class Value>
struct Field {
    const Value& (*get)(const TrainSettings&);
    Value& (*edit)(TrainSettings&);
};

/// An enum field, accessed by its position among SettingInfo::choices.
struct ChoiceField {
    size_t (*get)(const TrainSettings&);
    void (*set)(TrainSettings&, size_t);
};

using SettingField = std::variant<Field<int64_t>, Field<double>, Field<bool>, Field<std::string>,
                                  Field<std::vector<std::string>>, ChoiceField>;

/// The source of JSON, `--set`, forms and checks: a setting is added here and nowhere else.
struct Setting {
    SettingInfo info;
    SettingField field;
};

/// Calls then(value); an enum is passed as its name.
template <class Then>
decltype(auto) with_value(const Setting& setting, const TrainSettings& settings, Then then) {
    return std::visit(
        [&](const auto& field) -> decltype(auto) {
            if constexpr (std::is_same_v<std::decay_t<decltype(field)>, ChoiceField>)
                return then(setting.info.choices.at(field.get(settings)));
            else
                return then(field.get(settings));
        },
        setting.field);
}

/// Calls change(value); an enum is passed as an empty name, which must be one of SettingInfo::choices afterwards. If
/// `change` throws before it changes the value, the settings stay unchanged.
template <class Change>
void edit_value(const Setting& setting, TrainSettings& settings, Change change) {
    std::visit(
        [&](const auto& field) {
            if constexpr (std::is_same_v<std::decay_t<decltype(field)>, ChoiceField>) {
                std::string name;
                change(name);
                const auto& choices = setting.info.choices;
                field.set(settings, static_cast<size_t>(std::ranges::find(choices, name) - choices.begin()));
            } else {
                change(field.edit(settings));
            }
        },
        setting.field);
}

/// Every field of TrainSettings' parts, in the order of the form.
std::span<const Setting> setting_table();

/// Throws Error (invalid_argument) that names the closest known setting.
const Setting& find_setting(std::string_view name);

/// Throws Error (invalid_argument) naming setting, value (as written in `shown`, if given) and the allowed range.
void check_range(const SettingInfo& info, double value, std::string_view shown = {});
void check_text(const SettingInfo& info, std::string_view value);

}  // namespace rest::engine
