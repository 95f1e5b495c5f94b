// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands/commands.h"
#include "core/media/probe.h"
#include "core/model/doctor.h"

namespace rest::app {
namespace {

struct ProbeOptions {
    std::vector<std::string> clips;
    int frames = 8;
    std::string out;
};

void run_probe(const ProbeOptions& o, Console& console) {
    nlohmann::json all = nlohmann::json::array();
    for (const auto& clip : o.clips) {
        const auto found = probe_clip(clip, o.frames, o.out);
        if (!found) {
            const auto& problem = found.error();
            console.task().log(LogLevel::error, clip + ": " + problem.message + (problem.remedy.empty() ? "" : "\n" + problem.remedy));
            continue;
        }
        if (!console.json) {
            console.print(fmt::format("{}: {} frames of {} x {}, sampled {}", clip, found->frames, found->width, found->height,
                                      fmt::join(found->sampled, " ")));
        }
        all.push_back({{"file", clip}, {"frames", found->frames}, {"width", found->width}, {"height", found->height},
                       {"sampled", found->sampled}});
    }
    if (console.json) console.print_json(all);
    if (all.size() < o.clips.size()) {
        throw Error(ErrorCode::damaged, fmt::format("{} of {} clips could not be read", o.clips.size() - all.size(), o.clips.size()));
    }
}

void run_doctor(const std::string& checkpoint, Console& console) {
    const auto report = examine_checkpoint(checkpoint);
    if (console.json) console.print_json(to_json(report));
    else console.print(to_text(report));
    if (!report.loads) throw Error(ErrorCode::damaged, checkpoint + " does not load");
}

}  // namespace

void add_inspection(CLI::App& app, Console& console) {
    auto probe = std::make_shared<ProbeOptions>();
    auto* command = app.add_subcommand("probe", "Count a clip's frames and show which are sampled");
    command->add_option("clips", probe->clips, "Video files")->required();
    command->add_option("--frames", probe->frames, "Samples")->capture_default_str()->check(CLI::Range(1, 1000));
    command->add_option("--out", probe->out, "Folder for the sampled frames as PNG");
    command->add_flag("--json", console.json);
    command->callback([probe, &console] { run_probe(*probe, console); });

    auto checkpoint = std::make_shared<std::string>();
    command = app.add_subcommand("doctor", "Tell which checkpoint a folder or file holds, what is missing, whether it loads");
    command->add_option("checkpoint", *checkpoint, "Hugging Face folder, .safetensors, .bin, .pth or .pt")->required();
    command->add_flag("--json", console.json);
    command->callback([checkpoint, &console] { run_doctor(*checkpoint, console); });
}

}  // namespace rest::app
