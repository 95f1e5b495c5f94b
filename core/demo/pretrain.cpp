// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/pretrain.h"

#include <fmt/format.h>

#include "core/demo/frame_pool.h"
#include "core/demo/pretrain_models.h"
#include "core/engine/inference/device.h"

namespace rest::demo {
void pretrain_demo_models(const std::filesystem::path& folder, const PretrainSettings& settings, Task& task) {
    const auto machine = engine::prepare_machine({.device = settings.device, .precision = engine::Precision::fp32});
    task.log(LogLevel::info, "Pre-training on " + machine.description());
    std::filesystem::create_directories(folder);
    const auto pool = render_frames(settings.seed, settings.frames, kDemoImageSize, task);
    if (settings.clip_epochs > 0) pretrain_clip(folder / "clip", pool, settings, machine, task);
    if (settings.blip_epochs > 0) pretrain_blip(folder / "blip", pool, settings, machine, task);
}

}  // namespace rest::demo
