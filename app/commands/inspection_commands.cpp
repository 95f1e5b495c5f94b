// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands/commands.h"
#include "core/bundle/debug_bundle.h"
#include "core/checkpoint/doctor.h"
#include "core/media/probe.h"

namespace rest::app {
namespace {

struct ProbeOptions {
    std::vector<std::string> clips;
    int frames = 8;
    std::string out;
};

void run_probe(const ProbeOptions& o, Console& console) {
    nlohmann::json all = nlohmann::json::array();
    media::MediaLimits limits{.threads = media::threads_for_one_clip()};
    limits.watch = [&console](const media::ReadProgress&) { console.task().check(); };
    for (const auto& clip : o.clips) {
        const auto found = media::probe_clip(clip, o.frames, o.out, limits);
        if (!found) {
            const auto& problem = found.error();
            console.task().log(LogLevel::error,
                               clip + ": " + problem.message + (problem.remedy.empty() ? "" : "\n" + problem.remedy));
            continue;
        }
        if (!console.json) {
            console.print(fmt::format("{}: {} frames of {} x {}, sampled {}", clip, found->frames, found->width,
                                      found->height, fmt::join(found->sampled, " ")));
        }
        all.push_back({{"file", clip},
                       {"frames", found->frames},
                       {"width", found->width},
                       {"height", found->height},
                       {"sampled", found->sampled}});
    }
    if (console.json) console.print_json(all);
    if (all.size() < o.clips.size()) {
        throw Error(ErrorCode::damaged,
                    fmt::format("{} of {} clips could not be read", o.clips.size() - all.size(), o.clips.size()));
    }
}

struct DoctorOptions {
    std::string patient;  // a checkpoint, or with --bundle a project
    std::string bundle;
};

void examine(const std::string& checkpoint, Console& console) {
    const auto report = checkpoint::examine_checkpoint(checkpoint);
    if (console.json)
        console.print_json(checkpoint::to_json(report));
    else
        console.print(checkpoint::to_text(report));
    if (!report.loads) throw Error(ErrorCode::damaged, checkpoint + " does not load");
}

void save_bundle(const DoctorOptions& o, Console& console) {
    if (!o.patient.empty() && !std::filesystem::exists(o.patient)) {
        throw Error(ErrorCode::not_found, "There is no project " + o.patient, "Give its folder, or none at all.");
    }
    const auto saved = bundle::save_debug_bundle(
        {.file = o.bundle, .program = "rest " REST_VERSION, .project = o.patient}, console.task());
    if (console.json)
        console.print_json({{"file", o.bundle}, {"bytes", saved.bytes}, {"entries", saved.entries}});
    else
        console.print(fmt::format("Saved {}: {}", o.bundle, fmt::join(saved.entries, ", ")));
}

void run_doctor(const DoctorOptions& o, Console& console) {
    if (!o.bundle.empty()) return save_bundle(o, console);
    if (o.patient.empty()) throw CLI::RequiredError("checkpoint, or --bundle FILE.zip,");
    examine(o.patient, console);
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

    auto doctor = std::make_shared<DoctorOptions>();
    command = app.add_subcommand(
        "doctor", "Report which checkpoint a folder or file contains, what is missing, and whether it loads");
    command->add_option("checkpoint", doctor->patient,
                        "Hugging Face folder, .safetensors, .bin, .pth or .pt; with --bundle a project, or nothing");
    command->add_option("--bundle", doctor->bundle,
                        "Save a report about a problem as this .zip instead, without names of people");
    command->add_flag("--json", console.json);
    command->callback([doctor, &console] { run_doctor(*doctor, console); });
}

}  // namespace rest::app
