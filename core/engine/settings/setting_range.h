// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// The values that a setting accepts, for references: "an integer from 1 to 64", "auto, fp32, bf16".
std::string range_text(const SettingInfo& setting);

}  // namespace rest::engine
