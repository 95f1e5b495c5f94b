// SPDX-License-Identifier: GPL-3.0-or-later
// caption CAPTIONER CLIP...: describes clips with the engine, without the program.
#include <cstdio>
#include <exception>

#include "core/engine/inference/caption_job.h"

int main(int argc, char** argv) {
    using namespace rest;
    if (argc < 3) {
        std::fputs("caption CAPTIONER CLIP...\n", stderr);
        return 2;
    }
    engine::CaptionParams params{.captioner = argv[1]};
    params.clips.assign(argv + 2, argv + argc);
    params.input.image_size = 0;  // the captioner's own
    int unread = 0;
    const auto job = engine::make_caption_job(params, [&](const std::vector<engine::CaptionResult>& results) {
        for (const auto& r : results) {
            std::printf("%s: %s\n", r.file.c_str(), (r.problem.empty() ? r.caption : r.problem).c_str());
            unread += !r.problem.empty();
        }
    });
    try {
        TaskControl control;
        engine::run_here(
            *job, [](const engine::Event&) {}, control);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
    return unread > 0 ? 1 : 0;
}
