// SPDX-License-Identifier: GPL-3.0-or-later
// Reference captions: tables, JSON and JSON lines.
#include "core/evaluation/metrics/reference_list.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    const auto path = scratch.put("references", bytes);
    return outcome_of(
        [&] {
            const auto list = evaluation::read_reference_list(path);
            for (const auto& video : list.videos) {
                promise(!video.video.empty() && !video.captions.empty(), "a video has a name and a caption");
            }
        },
        "references");
}

}  // namespace rest::fuzz
