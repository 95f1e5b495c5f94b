// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settings/setting_range.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rest::engine {

std::string range_text(const SettingInfo& setting) {
    using Kind = SettingInfo::Kind;
    if (setting.kind == Kind::boolean) return "true or false";
    if (setting.kind == Kind::text_list) return "texts separated by |";
    if (!setting.choices.empty()) return fmt::format("{}", fmt::join(setting.choices, ", "));
    if (setting.kind == Kind::text) return "text";
    const auto* kind = setting.kind == Kind::integer ? "an integer" : "a number";
    if (setting.maximum > 1e12) return fmt::format("{} from {:g}", kind, setting.minimum);
    return fmt::format("{} from {:g} to {:g}", kind, setting.minimum, setting.maximum);
}

}  // namespace rest::engine
