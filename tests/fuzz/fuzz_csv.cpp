// SPDX-License-Identifier: GPL-3.0-or-later
// Comma-separated rows, and the list of clips with known answers that is read from them.
#include "core/dataset/csv.h"
#include "core/study/known_clips.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    scratch.put("there.mp4", "x");
    dataset::CsvReader reader(bytes);
    std::vector<std::string> row;
    size_t cells = 0;
    int64_t line = 0;
    while (reader.next(row)) {
        promise(!row.empty() && reader.line() >= line, "a row has a cell, and rows come in order");
        line = reader.line();
        for (const auto& cell : row) cells += 1 + cell.size();
    }
    promise(cells <= bytes.size() + 1, "cells hold no more than the text");
    const auto path = scratch.put("known.csv", bytes);
    return outcome_of(
        [&] {
            for (const auto& clip : study::read_known_clips(path)) {
                promise(clip.path.is_absolute() && std::filesystem::is_regular_file(clip.path),
                        "a known clip is there");
            }
        },
        "known.csv");
}

}  // namespace rest::fuzz
