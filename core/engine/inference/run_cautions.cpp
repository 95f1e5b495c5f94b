// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/run_cautions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/strings.h"

namespace rest::engine {
namespace {

std::string setting_of(store::RunId run) {
    return fmt::format("run_{}_cautions", run);
}

}  // namespace

void keep_cautions(store::Project& project, store::RunId run, const std::vector<std::string>& lines) {
    project.set_setting(setting_of(run), fmt::format("{}", fmt::join(lines, "\n")));
}

std::vector<std::string> kept_cautions(const store::Project& project, store::RunId run) {
    auto lines = split_lines(project.setting(setting_of(run)).value_or(""));
    std::erase(lines, "");
    return lines;
}

}  // namespace rest::engine
