// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>
#include <variant>

#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// The field of TrainSettings that a setting stands for.
using SettingMember = std::variant<int64_t TrainSettings::*, double TrainSettings::*, bool TrainSettings::*,
                                   std::string TrainSettings::*, std::vector<std::string> TrainSettings::*>;

/// What JSON, `--set`, forms and checks are made from: a setting is added here and nowhere else.
struct Setting {
    SettingInfo info;
    SettingMember member;
};

/// Every field of TrainSettings once, in the order of the form.
std::span<const Setting> setting_table();

/// Throws Error (invalid_argument) that names the closest known setting.
const Setting& find_setting(std::string_view name);

/// Throws Error (invalid_argument) naming setting, value (as written in `shown`, if given) and what is allowed.
void check_range(const SettingInfo& info, double value, std::string_view shown = {});
void check_text(const SettingInfo& info, std::string_view value);

}  // namespace rest::engine
