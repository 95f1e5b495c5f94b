// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/robustness/footprint.h"

#include <malloc.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace rest::test {
namespace {

int entries_of(const char* folder) {
    return static_cast<int>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

}  // namespace

Footprint footprint() {
    ::malloc_trim(0);
    std::ifstream statm("/proc/self/statm");
    int64_t whole = 0, resident = 0;
    statm >> whole >> resident;
    // The directory handle of /proc/self/fd is open itself.
    return {.memory = resident * ::sysconf(_SC_PAGESIZE),
            .handles = entries_of("/proc/self/fd") - 1,
            .threads = entries_of("/proc/self/task")};
}

}  // namespace rest::test
