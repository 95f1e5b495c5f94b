// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/settings_topic.h"

#include <fmt/format.h>

#include "core/engine/settings/setting_range.h"

namespace rest::help {

std::string settings_topic() {
    std::string text =
        "# All settings\n\n"
        "Defaults are the paper's. On the Train page each is a field; in the terminal `--set name=value` sets one, and "
        "`--config FILE` reads a JSON object of them.\n";
    std::string group;
    for (const auto& setting : engine::setting_infos()) {
        if (setting.group != group) text += "\n## " + setting.group + "\n";
        group = setting.group;
        const auto value = engine::setting_text({}, setting.name);
        text += fmt::format("\n**{}** ({}): {}{}\n\n{}{}\n", setting.name, setting.label, engine::range_text(setting),
                            value.empty() ? "" : "; default `" + value + "`", setting.help,
                            setting.free_on_resume ? " May differ when a run is resumed." : "");
    }
    return text;
}

}  // namespace rest::help
