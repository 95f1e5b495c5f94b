// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// A setting given by name, with its value as text for set_setting().
struct AskedSetting {
    std::string name, value;
};

/// The settings of a resumed run: its `own`, changed by the requested ones on which no result depends
/// (SettingInfo::free_on_resume). Throws Error (invalid_argument) that names every other requested one that differs,
/// with both values; `remedy` says how to get them.
TrainSettings resumed_settings(const TrainSettings& own, std::span<const AskedSetting> asked,
                               const std::string& remedy);

}  // namespace rest::engine
