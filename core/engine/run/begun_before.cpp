// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/begun_before.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"

namespace rest::engine {
namespace {

constexpr const char* kSetting = "launch";

}  // namespace

void keep_launch(store::Project& project, store::RunId run, const std::optional<distributed::Launch>& launch) {
    if (!launch) return;
    const nlohmann::json json = {{"launch", launch->id}, {"run", run}};
    project.set_setting(kSetting, json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::optional<store::RunId> begun_before(store::Project& project, const std::optional<distributed::Launch>& launch) {
    if (!launch) return std::nullopt;
    if (launch->attempt == 0) {
        project.set_setting(kSetting, "");
        return std::nullopt;
    }
    const auto json = parse_json(project.setting(kSetting).value_or(""));
    if (!json || !json->is_object() || !json->contains("launch") || (*json)["launch"] != launch->id)
        return std::nullopt;
    const store::RunId run = integer_member(*json, "run", 0, 1, std::numeric_limits<int64_t>::max());
    return project.run(run) ? std::optional(run) : std::nullopt;
}

}  // namespace rest::engine
