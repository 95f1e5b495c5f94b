// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_gallery.h"
#include "app/commands/bench_media.h"
#include "app/commands/bench_store.h"
#include "app/commands/bench_views.h"
#include "app/commands/commands.h"
#include "core/bench/result_text.h"

namespace rest::app {
namespace {

struct BenchOptions {
    std::vector<std::string> names;
    std::string clip;
    std::string keep;
    bench::BenchSettings settings;
};

std::vector<bench::BenchResult> results_of(const std::string& name, const BenchOptions& o, const bench::Limits& limits,
                                           Task& task) {
    if (name == "decode") return decode_benches(o.clip, o.settings, limits, task);
    if (name == "gallery") return gallery_benches(o.settings, limits, task);
    if (name == "store") return store_benches(o.keep, o.settings, limits, task);
    if (name == "views") return view_benches(o.settings, limits, task);
    return {bench::run_bench(name, o.settings, limits, task)};
}

void run(BenchOptions& o, Console& console) {
    if (o.names.empty()) o.names = bench::bench_names();
    const auto limits = bench::measure_limits(o.settings);
    nlohmann::json out = {{"limits", to_json(limits)}};
    if (!console.json) console.print(to_text(limits));
    for (const auto& name : o.names) {
        for (const auto& result : results_of(name, o, limits, console.task())) {
            out["works"].push_back(bench::to_json(result));
            if (!console.json) console.print(bench::to_text(result));
        }
    }
    if (console.json) console.print_json(out);
}

}  // namespace

void add_bench(CLI::App& app, Console& console) {
    auto o = std::make_shared<BenchOptions>();
    auto* command =
        app.add_subcommand("bench", "Time the engine's work on models of the size of BLIP-base and CLIP ViT-B/32");
    std::string names;
    for (const auto& name : bench::bench_names()) names += name + ", ";
    command->add_option("names", o->names, names + "decode, gallery, store, views; all but these four without");
    command->add_option("--clip", o->clip, "Video that decode reads");
    command->add_option("--keep", o->keep, "Project folder that store creates and keeps, for the window to open");
    command->add_option("--device", o->settings.device, "cpu, cuda or cuda:n")->capture_default_str();
    command->add_flag("--bf16", o->settings.bf16, "bfloat16, on a GPU");
    command->add_option("--threads", o->settings.threads, "0: one per processor")->capture_default_str();
    command->add_option("--repeat", o->settings.repeats, "Timed runs after one warm-up run")->capture_default_str();
    command->add_option("--clips", o->settings.clips, "Clips of image, caption and train")->capture_default_str();
    command->add_option("--videos", o->settings.videos, "Videos of neighbours and store")->capture_default_str();
    command->add_option("--update-videos", o->settings.update_videos, "Videos of update")->capture_default_str();
    command->add_flag("--json", console.json);
    command->callback([o, &console] { run(*o, console); });
}

}  // namespace rest::app
