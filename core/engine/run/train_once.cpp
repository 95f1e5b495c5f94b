// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/train_once.h"

#include <fmt/format.h>

#include "core/engine/run/train_job.h"
#include "core/store/project.h"

namespace rest::engine {

store::RunId train_once(const std::filesystem::path& project, const TrainSettings& settings, const std::string& name,
                        JobContext& context) {
    const auto json = to_json(settings);
    TrainParams train{.project = project, .settings = settings, .name = name};
    for (const auto& run : store::Project::open(project, store::OpenMode::read_only).runs()) {
        // Parsed and serialised again: an older run's JSON lacks newer settings.
        if (run.kind != store::RunKind::training || to_json(settings_from_json(run.settings_json)) != json) continue;
        if (run.status == store::RunStatus::finished) {
            context.log(LogLevel::info, fmt::format("{}: run {} is there already", name, run.id));
            return run.id;
        }
        train.resume = run.id;
    }
    context.log(LogLevel::info, name);
    store::RunId trained = 0;
    make_train_job(train, [&](const TrainResult& result) { trained = result.run; })->run(context);
    return trained;
}

}  // namespace rest::engine
