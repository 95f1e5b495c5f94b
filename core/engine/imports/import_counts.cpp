// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/imports/import_counts.h"

#include <fmt/format.h>

namespace rest::engine {

std::string counted(int64_t n, const char* one, const char* many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string words_of(const ImportCounts& counts) {
    std::string known;
    const auto add = [](std::string& line, int64_t n, const char* what) {
        if (n > 0) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", n, what);
    };
    if (counts.fresh < counts.clips) {
        add(known, counts.fresh, "new");
        add(known, counts.changed, "changed");
        add(known, counts.unchanged, "as before");
        add(known, counts.relabelled, "in another split or class than before");
        known = " (" + known + ")";
    }
    auto line = counted(counts.clips, "clip", "clips") + known + ", " + counted(counts.classes, "class", "classes");
    add(line, counts.unreadable, "cannot be read");
    add(line, counts.gone, "gone");
    add(line, counts.problems, counts.problems == 1 ? "problem" : "problems");
    return line;
}

}  // namespace rest::engine
