// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settings/train_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/error.h"
#include "core/engine/settings/setting_table.h"

namespace rest::engine {
namespace {

/// Small models on a small world: a few minutes on a laptop.
TrainSettings demo() {
    TrainSettings s;
    s.retrieval.neighbours = 16;
    s.retrieval.retrievals = 3;
    s.retrieval.epochs_per_retrieval = 5;
    s.optimisation.epochs = 15;
    s.optimisation.batch_size = 8;
    // Below pre-training's rate by the paper's ratio to BLIP's: a higher one makes it forget the words of unseen
    // actions.
    s.optimisation.learning_rate = 7e-5;
    s.optimisation.minimal_learning_rate = 7e-8;
    // The drawn figures fill their 48-pixel views and the demo's models never saw crops: two thirds of a view would
    // miss the action.
    s.clips.augment = false;
    s.clips.image_size = 0;
    return s;
}

}  // namespace

std::span<const SettingInfo> setting_infos() {
    static const std::vector<SettingInfo> infos = [] {
        std::vector<SettingInfo> out;
        for (const auto& setting : setting_table()) out.push_back(setting.info);
        return out;
    }();
    return infos;
}

TrainSettings preset(std::string_view name) {
    if (name == "paper") return {};
    if (name == "demo") return demo();
    throw Error(ErrorCode::invalid_argument, fmt::format("There is no preset \"{}\"", name),
                fmt::format("Use one of: {}.", fmt::join(preset_names(), ", ")));
}

std::vector<std::string> preset_names() {
    return {"paper", "demo"};
}

}  // namespace rest::engine
