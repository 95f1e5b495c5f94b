// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <string>

#include "core/engine/settings/train_settings.h"

namespace rest::test {

/// A valid value of this setting other than `now`. Texts contain characters that separate, quote or escape elsewhere.
inline std::string other_value(const engine::SettingInfo& info, const std::string& now) {
    using Kind = engine::SettingInfo::Kind;
    if (!info.choices.empty()) return info.choices.front() == now ? info.choices.back() : info.choices.front();
    if (info.name == "device") return "cuda:1";
    switch (info.kind) {
        case Kind::boolean:
            return now == "true" ? "false" : "true";
        case Kind::integer: {
            const auto value = std::stoll(now);
            return std::to_string(static_cast<double>(value) + 1 <= info.maximum ? value + 1 : value - 1);
        }
        case Kind::real: {
            const double value = std::stod(now);
            const double larger = value == 0 ? info.maximum / 2 : value * 1.2;
            return fmt::format("{}", larger > info.maximum ? value / 3 : larger);
        }
        case Kind::text:
            return "/data/a|b \"quoted\" \\ ü/list.txt";
        case Kind::text_list:
            return "a \\| b \\\\ of {} |zwei {}, \"drei\"";
    }
    return now;
}

/// Settings that differ from the paper's in every field.
inline engine::TrainSettings other_settings() {
    engine::TrainSettings out;
    for (const auto& info : engine::setting_infos())
        engine::set_setting(out, info.name, other_value(info, engine::setting_text(out, info.name)));
    return out;
}

}  // namespace rest::test
