// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/micro.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/base/error.h"
#include "core/bench/synchronise.h"

namespace rest::app {
namespace {

double milliseconds_of(const std::function<void()>& run, torch::Device device) {
    bench::synchronise(device);
    const auto started = std::chrono::steady_clock::now();
    run();
    bench::synchronise(device);
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
}

std::string timed(const MicroOperation& operation, const MicroSettings& s) {
    const double first = milliseconds_of(operation.run, s.device);
    std::vector<double> times;
    for (int i = 0; i < std::max(1, s.repeats); ++i) times.push_back(milliseconds_of(operation.run, s.device));
    const auto middle = times.begin() + static_cast<int64_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    auto line = fmt::format("first {:9.2f} ms, then {:9.3f} ms", first, *middle);
    if (operation.flop > 0) line += fmt::format("  {:7.2f} TFLOP/s", operation.flop / *middle / 1e9);
    if (operation.bytes > 0) line += fmt::format("  {:6.0f} GB/s", operation.bytes / *middle / 1e6);
    return line;
}

int run_group(const MicroGroup& group, const MicroSettings& s) {
    const auto show = [](const std::string& name, const std::string& seen) {
        fmt::print("{:<52} {}\n", name, seen);
        std::fflush(stdout);
    };
    int failed = 0;
    try {
        for (const auto& operation : group.make(s)) {
            try {
                show(operation.name, timed(operation, s));
            } catch (const std::exception& e) {
                ++failed;
                show(operation.name, fmt::format("FAILED: {:.200}", e.what()));
            }
        }
    } catch (const std::exception& e) {
        ++failed;
        show(group.name, fmt::format("FAILED to create: {:.200}", e.what()));
    }
    return failed;
}

}  // namespace

const std::vector<MicroGroup>& micro_groups() {
    static const std::vector<MicroGroup> groups = {{"adapter", adapter_operations},
                                                   {"attention", attention_operations},
                                                   {"layer", layer_operations},
                                                   {"pixels", pixel_operations},
                                                   {"steps", step_attention_operations},
                                                   {"decoding", decoding_operations},
                                                   {"optimiser", optimiser_operations},
                                                   {"products", product_operations},
                                                   {"attention-choices", attention_choices},
                                                   {"kernels", kernel_operations}};
    return groups;
}

void require_micro(const std::vector<std::string>& names) {
    for (const auto& name : names) {
        if (std::ranges::any_of(micro_groups(), [&](const MicroGroup& g) { return name == g.name; })) continue;
        std::string known;
        for (const auto& group : micro_groups()) known += (known.empty() ? "" : ", ") + std::string(group.name);
        throw Error(ErrorCode::invalid_argument, "There is no group of operations \"" + name + "\"",
                    "Use one of: " + known + ".");
    }
}

int run_micro(const std::vector<std::string>& names, const MicroSettings& settings) {
    require_micro(names);
    int failed = 0;
    for (const auto& group : micro_groups()) {
        if (names.empty() || std::ranges::find(names, group.name) != names.end()) failed += run_group(group, settings);
    }
    return failed;
}

}  // namespace rest::app
