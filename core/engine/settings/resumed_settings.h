// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// A setting that somebody names, with its value as set_setting() reads it.
struct AskedSetting {
    std::string name, value;
};

/// What a resumed run goes on with: its `own` settings, and of those asked for the ones on which no result depends
/// (SettingInfo::free_on_resume). Throws Error (invalid_argument) that names every other one asked for that differs,
/// with both values; `remedy` says how to have them.
TrainSettings resumed_settings(const TrainSettings& own, std::span<const AskedSetting> asked,
                               const std::string& remedy);

}  // namespace rest::engine
