// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/task.h"

namespace rest::bench {

struct BenchSettings {
    std::string device = "cpu";      // cpu, cuda, cuda:n
    bool bf16 = false;               // CUDA only
    int threads = 0;                 // 0: one per processor
    int repeats = 3;                 // timed runs after an untimed one; 0: the first run is timed
    int64_t clips = 2;               // of 8 frames: caption and train; image takes 8 frames for each
    int64_t videos = 20000;          // N of neighbours
    int64_t update_videos = 200000;  // N of update, with H = N / 100 neighbours and K = 3 captions per video
};

/// One benchmark, ready to be timed. Sizes are BLIP-base's and CLIP ViT-B/32's; weights are random, as the time does
/// not depend on them.
struct Work {
    std::string name;         // "caption"
    std::string description;  // "2 clips of 8 frames to captions, 3 beams, 20 tokens"
    double flop = 0;          // of one unit, multiply and add counted separately; 0: not the bottleneck
    double bytes = 0;         // that one unit must at least read and write; 0: not the bottleneck
    std::function<void()> run;
    int64_t units = 1;     // equal pieces in one run; the time of one unit is reported
    bool float32 = false;  // its products are float32 whatever precision is set
};

/// What the machine can do, measured in the same process.
struct Limits {
    double flop_per_second = 0;          // largest matrix product in the precision in use
    double float32_flop_per_second = 0;  // of float32; 0: not measured, flop_per_second applies
    double bytes_per_second = 0;         // copy of a large array, bytes read plus bytes written
};

struct BenchResult {
    std::string name, description, device;
    double median = 0, fastest = 0, slowest = 0;       // seconds
    double flop_per_second = 0, bytes_per_second = 0;  // 0 if the work does not count them
    double share = 0;                                  // of the limit, 0..1; 0 if no limit applies
    int64_t peak_bytes = 0;  // of the process's memory so far on the CPU, of the device's in this work on CUDA
};

/// The names `run_bench` knows, in the order of the table.
std::vector<std::string> bench_names();

/// Throws Error (invalid_argument) listing the known names, if this is not one of them.
void require_bench(const std::string& name);

/// Times one work. Throws what require_bench() throws; Cancelled between runs.
BenchResult run_bench(const std::string& name, const BenchSettings& settings, const Limits& limits, Task& task);

/// Takes a few seconds. bf16 products are measured if the settings ask for bf16.
Limits measure_limits(const BenchSettings& settings);

/// Times work from outside this library (decoding), in the same way.
BenchResult time_work(const Work& work, const BenchSettings& settings, const Limits& limits, Task& task);

}  // namespace rest::bench
