// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench.h"

#include <sys/resource.h>
#include "core/tensor/libtorch.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/bench/synchronise.h"
#include "core/bench/works.h"
#include "core/kernels/cpu_blocks.h"
#include "core/kernels/device_memory.h"
#include "core/kernels/ranges.h"

namespace rest::bench {
namespace {

struct Entry {
    const char* name;
    Work (*make)(const BenchSettings&, torch::Device);
};

constexpr std::array<Entry, 8> kWorks = {{{"image", image_work},
                                          {"caption", caption_work},
                                          {"encoder", encoder_work},
                                          {"train", train_work},
                                          {"clip-text", clip_text_work},
                                          {"clip-image", clip_image_work},
                                          {"neighbours", neighbours_work},
                                          {"update", update_work}}};

const Entry& entry_of(const std::string& name) {
    const auto found = std::ranges::find(kWorks, name, [](const Entry& e) { return std::string(e.name); });
    if (found != kWorks.end()) return *found;
    std::string names;
    for (const auto& known : bench_names()) names += (names.empty() ? "" : ", ") + known;
    throw Error(ErrorCode::invalid_argument, "There is no benchmark \"" + name + "\"", "Use one of: " + names + ".");
}

int64_t process_peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024;
}

}  // namespace

std::vector<std::string> bench_names() {
    std::vector<std::string> names;
    for (const auto& work : kWorks) names.emplace_back(work.name);
    return names;
}

BenchResult time_work(const Work& work, const BenchSettings& settings, const Limits& limits, Task& task) {
    const torch::Device device(settings.device);
    std::vector<double> seconds;
    kernels::forget_peak_device_bytes(device);
    task.begin(work.name, "runs", settings.repeats + 1);
    const int unmeasured = settings.repeats > 0 ? 1 : 0;
    for (int i = 0; i <= settings.repeats; ++i) {
        task.check();
        synchronise(device);
        const auto started = std::chrono::steady_clock::now();
        work.run();
        synchronise(device);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
        if (i >= unmeasured) seconds.push_back(taken.count() / static_cast<double>(work.units));
        task.advance(i + 1);
    }
    std::ranges::sort(seconds);
    BenchResult out{.name = work.name, .description = work.description, .device = settings.device};
    const size_t middle = seconds.size() / 2;
    out.median = seconds.size() % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    out.fastest = seconds.front();
    out.slowest = seconds.back();
    out.flop_per_second = work.flop / out.median;
    out.bytes_per_second = work.bytes / out.median;
    const double products =
        work.float32 && limits.float32_flop_per_second > 0 ? limits.float32_flop_per_second : limits.flop_per_second;
    if (products > 0) out.share = out.flop_per_second / products;
    if (limits.bytes_per_second > 0) out.share = std::max(out.share, out.bytes_per_second / limits.bytes_per_second);
    out.peak_bytes = device.is_cuda() ? kernels::peak_device_bytes(device) : process_peak_bytes();
    return out;
}

void require_bench(const std::string& name) {
    entry_of(name);
}

BenchResult run_bench(const std::string& name, const BenchSettings& settings, const Limits& limits, Task& task) {
    const auto& entry = entry_of(name);
    kernels::use_threads(settings.threads);
    kernels::reuse_cpu_blocks();
    const Work work = entry.make(settings, torch::Device(settings.device));
    kernels::release_cpu_blocks();  // memory freed while preparing the work
    return time_work(work, settings, limits, task);
}

}  // namespace rest::bench
