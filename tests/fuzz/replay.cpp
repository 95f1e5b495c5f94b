// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target without a fuzzer, in any build:
//   fuzz_replay_NAME CORPUS MUTATIONS
// replays the corpus, whose file names state the expected outcome ("ok_...": read, "bad_...": refused), and then
// MUTATIONS inputs derived from it, always the same ones. A broken promise ends the process.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/base/atomic_file.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutator.h"

using namespace rest;
using namespace rest::fuzz;
namespace fs = std::filesystem;

namespace {

struct Seeds {
    std::vector<std::string> inputs;
    int ok = 0, bad = 0, wrong = 0;
};

Seeds replay_corpus(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    Seeds seeds;
    for (const auto& file : files) {
        const std::string name = file.filename().string();
        const bool ok = name.starts_with("ok_"), bad = name.starts_with("bad_");
        seeds.inputs.push_back(read_file(file));
        std::fprintf(stderr, "%s\n", name.c_str());  // the last line before a crash names the input
        const Outcome outcome = try_input(seeds.inputs.back());
        seeds.ok += ok ? 1 : 0;
        seeds.bad += bad ? 1 : 0;
        if ((!ok && !bad) || (ok ? Outcome::read : Outcome::refused) != outcome) {
            std::fprintf(stderr, "  was %s\n", outcome == Outcome::read ? "read" : "refused");
            ++seeds.wrong;
        }
    }
    return seeds;
}

void replay_mutations(const std::vector<std::string>& inputs, int count) {
    Mutator mutator(inputs);
    int read = 0;
    for (int i = 0; i < count; ++i) {
        const std::string input = mutator.next();
        // The last line before a crash names the mutation.
        if (std::getenv("REST_FUZZ_TRACE") != nullptr) std::fprintf(stderr, "mutation %d\n", i);
        read += try_input(input) == Outcome::read ? 1 : 0;
    }
    std::printf("%d mutations: %d read, %d refused\n", count, read, count - read);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s CORPUS MUTATIONS\n", argv[0]);
        return 2;
    }
    spdlog::set_level(spdlog::level::off);
    const Seeds seeds = replay_corpus(argv[1]);
    std::printf("%zu inputs, %d not as their names say\n", seeds.inputs.size(), seeds.wrong);
    if (seeds.wrong > 0 || seeds.ok == 0 || seeds.bad == 0) return 1;
    replay_mutations(seeds.inputs, std::atoi(argv[2]));
    return 0;
}
