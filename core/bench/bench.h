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
    int repeats = 3;                 // timed runs after one that is not; 0: the first is timed
    int64_t clips = 2;               // of 8 frames: caption and train; image takes 8 frames for each
    int64_t videos = 20000;          // N of neighbours
    int64_t update_videos = 200000;  // N of update, with H = N / 100 neighbours and K = 3 captions a video
};

/// One piece of work, ready to be timed. Sizes are BLIP-base's and CLIP ViT-B/32's, weights random: the time does not
/// depend on them.
struct Work {
    std::string name;         // "caption"
    std::string description;  // "2 clips of 8 frames to captions, 3 beams, 20 tokens"
    double flop = 0;          // of one unit, products and sums counted apart; 0: not what bounds it
    double bytes = 0;         // that one unit must read and write at least; 0: not what bounds it
    std::function<void()> run;
    int64_t units = 1;     // equal pieces in one run; what is told is a unit's time
    bool float32 = false;  // its products are float32 whatever the settings' precision
};

/// What the machine can do, measured in the same process.
struct Limits {
    double flop_per_second = 0;          // largest matrix product of the precision in use
    double float32_flop_per_second = 0;  // of float32; 0: not measured, the one above counts
    double bytes_per_second = 0;         // copy of a large array, read and written bytes together
};

struct BenchResult {
    std::string name, description, device;
    double median = 0, fastest = 0, slowest = 0;       // seconds
    double flop_per_second = 0, bytes_per_second = 0;  // 0 where the work does not count them
    double share = 0;                                  // of the limit, 0..1; 0 where none applies
    int64_t peak_bytes = 0;  // of the process's memory so far on the CPU, of the device's in this work on CUDA
};

/// The names `run_bench` knows, in the order of the table.
std::vector<std::string> bench_names();

/// Throws Error (invalid_argument) that names the works there are, if this is none.
void require_bench(const std::string& name);

/// Times one work. Throws what require_bench() throws; Cancelled between runs.
BenchResult run_bench(const std::string& name, const BenchSettings& settings, const Limits& limits, Task& task);

/// Takes a few seconds. bf16 products are measured where the settings ask for them.
Limits measure_limits(const BenchSettings& settings);

/// Times work that is not this library's own (decoding), in the same way.
BenchResult time_work(const Work& work, const BenchSettings& settings, const Limits& limits, Task& task);

}  // namespace rest::bench
