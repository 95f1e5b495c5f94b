// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settings/resumed_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/error.h"
#include "core/engine/settings/setting_table.h"

namespace rest::engine {

TrainSettings resumed_settings(const TrainSettings& own, std::span<const AskedSetting> asked,
                               const std::string& remedy) {
    TrainSettings out = own;
    std::vector<std::string> refused;
    for (const auto& [name, value] : asked) {
        const auto& info = find_setting(name).info;
        TrainSettings changed = out;
        set_setting(changed, name, value);
        const auto before = setting_text(own, name), after = setting_text(changed, name);
        if (before == after) continue;
        if (info.free_on_resume) {
            out = std::move(changed);
        } else {
            refused.push_back(fmt::format("{} = {}, not {}", name, before, after));
        }
    }
    if (!refused.empty()) {
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("A resumed run keeps the settings that it started with: {}", fmt::join(refused, "; ")),
                    remedy);
    }
    check_settings(out);
    return out;
}

}  // namespace rest::engine
