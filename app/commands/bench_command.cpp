// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/commands/bench_media.h"
#include "app/commands/bench_store.h"
#include "app/commands/bench_views.h"
#include "app/commands/commands.h"
#include "core/bench/bench.h"

namespace rest::app {
namespace {

struct Options {
    std::vector<std::string> names;
    std::string clip;
    std::string keep;
    BenchSettings settings;
};

std::vector<BenchResult> results_of(const std::string& name, const Options& o, const Limits& limits, Task& task) {
    if (name == "decode") return decode_benches(o.clip, o.settings, limits, task);
    if (name == "store") return store_benches(o.keep, o.settings, limits, task);
    if (name == "views") return view_benches(o.settings, limits, task);
    return {run_bench(name, o.settings, limits, task)};
}

std::string rate(double per_second, const char* unit) {
    if (per_second >= 1e12) return fmt::format("{:.1f} T{}/s", per_second / 1e12, unit);
    return fmt::format("{:.1f} G{}/s", per_second / 1e9, unit);
}

std::string to_text(const BenchResult& r) {
    auto line = fmt::format("{:<12} {:>9.3f} s  ({:.3f} to {:.3f})", r.name, r.median, r.fastest, r.slowest);
    if (r.flop_per_second > 0) line += "  " + rate(r.flop_per_second, "FLOP");
    if (r.bytes_per_second > 0) line += "  " + rate(r.bytes_per_second, "B");
    if (r.share > 0) line += fmt::format("  {:.0f} % of the limit", 100 * r.share);
    return line + fmt::format("  peak {:.1f} GB  {}", static_cast<double>(r.peak_bytes) / 1e9, r.description);
}

nlohmann::json to_json(const BenchResult& r) {
    return {{"work", r.name},          {"description", r.description}, {"device", r.device},
            {"seconds", r.median},     {"fastest", r.fastest},         {"slowest", r.slowest},
            {"flop_per_second", r.flop_per_second}, {"bytes_per_second", r.bytes_per_second},
            {"share_of_limit", r.share}, {"peak_bytes", r.peak_bytes}};
}

void run(Options& o, Console& console) {
    if (o.names.empty()) o.names = bench_names();
    const auto limits = measure_limits(o.settings);
    nlohmann::json out = {{"limits", {{"flop_per_second", limits.flop_per_second}, {"bytes_per_second", limits.bytes_per_second}}}};
    if (!console.json) {
        console.print(fmt::format("limits: matrix product {}, memory copy {}", rate(limits.flop_per_second, "FLOP"),
                                  rate(limits.bytes_per_second, "B")));
    }
    for (const auto& name : o.names) {
        for (const auto& result : results_of(name, o, limits, console.task())) {
            out["works"].push_back(to_json(result));
            if (!console.json) console.print(to_text(result));
        }
    }
    if (console.json) console.print_json(out);
}

}  // namespace

void add_bench(CLI::App& app, Console& console) {
    auto o = std::make_shared<Options>();
    auto* command = app.add_subcommand("bench", "Time the engine's work on models of BLIP-base's and CLIP ViT-B/32's size");
    std::string names;
    for (const auto& name : bench_names()) names += name + ", ";
    command->add_option("names", o->names, names + "decode, store, views; all but these three without");
    command->add_option("--clip", o->clip, "Video that decode reads");
    command->add_option("--keep", o->keep, "Project folder that store makes and leaves, for the window to open");
    command->add_option("--device", o->settings.device, "cpu, cuda or cuda:n")->capture_default_str();
    command->add_flag("--bf16", o->settings.bf16, "Half the bits of a number, on a GPU");
    command->add_option("--threads", o->settings.threads, "0: one per processor")->capture_default_str();
    command->add_option("--repeat", o->settings.repeats, "Timed runs after one that is not")->capture_default_str();
    command->add_option("--clips", o->settings.clips, "Clips of image, caption and train")->capture_default_str();
    command->add_option("--videos", o->settings.videos, "Videos of neighbours and store")->capture_default_str();
    command->add_option("--update-videos", o->settings.update_videos, "Videos of update")->capture_default_str();
    command->add_flag("--json", console.json);
    command->callback([o, &console] { run(*o, console); });
}

}  // namespace rest::app
