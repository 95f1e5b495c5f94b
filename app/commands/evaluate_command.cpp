// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/commands/commands.h"
#include "core/engine/jobs.h"

namespace rest::app {

void add_evaluate(CLI::App& app, Console& console) {
    struct Options {
        std::string project, device = "auto";
        RunId run = 0;
    };
    auto o = std::make_shared<Options>();
    auto* command = app.add_subcommand("evaluate", "CLIP-TAM of a run's newest checkpoint on the labelled val videos");
    command->add_option("project", o->project)->required();
    command->add_option("--run", o->run, "Number of the run; the newest without");
    command->add_option("--device", o->device, "auto, cpu, cuda or cuda:n")->capture_default_str();
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        EvaluateParams params{.project = o->project};
        if (o->run > 0) params.run = o->run;
        params.machine.device = o->device;
        EvaluateResult result;
        const auto job = make_evaluate_job(params, [&](const EvaluateResult& r) { result = r; });
        const auto line = console.run(*job);
        if (!console.json) return console.print(line);
        console.print_json(nlohmann::json{{"run", result.run}, {"epoch", result.epoch}, {"top1", result.top1},
                                     {"top5", result.top5}, {"clips", result.counted}});
    });
}

}  // namespace rest::app
