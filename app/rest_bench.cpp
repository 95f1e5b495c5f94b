// SPDX-License-Identifier: GPL-3.0-or-later
// `rest-bench`: checks and times the engine on any device; of REST Studio's large dependencies it needs LibTorch alone.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "app/bench/arguments.h"
#include "app/bench/golden.h"
#include "app/bench/machine_lines.h"
#include "app/bench/micro.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/bench/result_text.h"
#include "core/kernels/ranges.h"

namespace rest::app {
namespace {

enum ExitStatus { kDone = 0, kFailed = 1, kUsage = 2 };

constexpr const char* kHelp = R"(rest-bench golden [--reference DIR]   compare with the reference data
rest-bench train [--reference DIR] [--steps N]   a short training on the golden model
rest-bench bench [NAME...] [--clips N] [--videos N] [--update-videos N] [--repeat N] [--json]
                                      time the engine's work: {}
rest-bench micro [NAME...] [--clips N] [--repeat N]
                                      time single operations: {}
All take --device cpu|cuda|cuda:N, --bf16 and --threads N (0: one per processor).
DIR holds golden/; without it REST_REFERENCE names it.
Exit status: 0 done, 1 a check or an operation failed, 2 a command line that makes no sense.
)";

std::string help() {
    std::string works, groups;
    for (const auto& name : bench::bench_names()) works += (works.empty() ? "" : ", ") + name;
    for (const auto& group : micro_groups()) groups += (groups.empty() ? "" : ", ") + std::string(group.name);
    return fmt::format(fmt::runtime(kHelp), works, groups);
}

/// Options that all commands take; sets the number of threads.
struct Machine {
    std::string name;
    torch::Device device = torch::kCPU;
    bool bf16 = false;
    int threads = 0;

    explicit Machine(Arguments& arguments)
        : name(arguments.text("--device", "cpu")),
          device(checked_device(name)),
          bf16(arguments.flag("--bf16")),
          threads(static_cast<int>(arguments.number("--threads", 0, 0))) {
        kernels::use_threads(threads);
    }

    void print() const {
        for (const auto& line : machine_lines(device)) fmt::print("{}\n", line);
        std::fflush(stdout);
    }
};

std::filesystem::path golden_folder(Arguments& arguments) {
    const char* set = std::getenv("REST_REFERENCE");
    const auto given = arguments.text("--reference", set ? set : "");
    if (given.empty())
        throw Error(ErrorCode::invalid_argument, "Where is the reference data?",
                    "Add --reference DIR or set REST_REFERENCE.");
    const auto folder = std::filesystem::path(given) / "golden";
    if (!std::filesystem::is_directory(folder)) {
        throw Error(ErrorCode::not_found, folder.string() + " is not there", "DIR is the folder that holds golden/.");
    }
    return folder;
}

int golden(Arguments& arguments) {
    const Machine machine(arguments);
    const GoldenSettings settings{golden_folder(arguments), machine.device, machine.bf16};
    arguments.nothing_else();
    machine.print();
    CheckReport report;
    run_part("blip", report, [&] { check_blip(settings, report); });
    run_part("beam search", report, [&] { check_beam_search(settings, report); });
    run_part("video", report, [&] { check_video_training(settings, report); });
    run_part("clip", report, [&] { check_clip(settings, report); });
    run_part("blip retrieval", report, [&] { check_blip_retrieval(settings, report); });
    // Retrieval is float32 whatever the models' precision.
    if (!settings.bf16) run_part("retrieval", report, [&] { check_retrieval(settings, report); });
    return report.finish();
}

int train(Arguments& arguments) {
    const Machine machine(arguments);
    const GoldenSettings settings{golden_folder(arguments), machine.device, machine.bf16};
    const int64_t steps = arguments.number("--steps", 60, 2);
    arguments.nothing_else();
    machine.print();
    CheckReport report;
    run_part("training", report, [&] { check_short_training(settings, steps, report); });
    return report.finish();
}

int bench(Arguments& arguments) {
    const Machine machine(arguments);
    bench::BenchSettings s{.device = machine.name, .bf16 = machine.bf16, .threads = machine.threads};
    s.repeats = static_cast<int>(arguments.number("--repeat", s.repeats, 0));
    s.clips = arguments.number("--clips", s.clips, 1);
    s.videos = arguments.number("--videos", s.videos, 1);
    s.update_videos = arguments.number("--update-videos", s.update_videos, 1);
    const bool json = arguments.flag("--json");
    auto names = arguments.names();
    if (names.empty()) names = bench::bench_names();
    for (const auto& name : names) bench::require_bench(name);  // not after minutes of earlier benchmarks
    if (!json) machine.print();
    const auto limits = bench::measure_limits(s);
    nlohmann::json out = {{"machine", machine_lines(machine.device)}, {"limits", bench::to_json(limits)}};
    if (!json) fmt::print("{}\n", bench::to_text(limits));
    SilentTask task;
    for (const auto& name : names) {
        const auto result = bench::run_bench(name, s, limits, task);
        out["works"].push_back(bench::to_json(result));
        if (!json) fmt::print("{}\n", bench::to_text(result));
        std::fflush(stdout);
    }
    if (json) fmt::print("{}\n", out.dump(2));
    return kDone;
}

int micro(Arguments& arguments) {
    const Machine machine(arguments);
    MicroSettings s{.device = machine.device, .bf16 = machine.bf16};
    s.clips = arguments.number("--clips", machine.device.is_cpu() ? 2 : s.clips, 1);
    s.repeats = static_cast<int>(arguments.number("--repeat", s.repeats, 1));
    const auto names = arguments.names();
    require_micro(names);
    machine.print();
    return run_micro(names, s) == 0 ? kDone : kFailed;
}

int run(int argc, char** argv) {
    const std::string command = argc > 1 ? argv[1] : "";
    Arguments arguments({argv + std::min(argc, 2), argv + argc});
    if (command == "--help" || command == "help" || arguments.flag("--help")) {
        fmt::print("{}", help());
        return kDone;
    }
    if (command == "golden") return golden(arguments);
    if (command == "train") return train(arguments);
    if (command == "bench") return bench(arguments);
    if (command == "micro") return micro(arguments);
    fmt::print(stderr, "{}{}", command.empty() ? "" : "There is no command \"" + command + "\".\n", help());
    return kUsage;
}

}  // namespace
}  // namespace rest::app

int main(int argc, char** argv) {
    try {
        return rest::app::run(argc, argv);
    } catch (const rest::Error& e) {
        fmt::print(stderr, "{}\n", e.full_text());
        return e.code() == rest::ErrorCode::invalid_argument ? rest::app::kUsage : rest::app::kFailed;
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
        return rest::app::kFailed;
    }
}
