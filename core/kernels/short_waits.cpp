// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/short_waits.h"

#include <unistd.h>

#include <climits>
#include <cstddef>
#include <string_view>

namespace rest::kernels {

void keep_waits_short() {}

namespace {

// A few microseconds; 300,000 by default.
char short_wait[] = "GOMP_SPINCOUNT=1000";

constexpr size_t kMostVariables = 4096;
char* variables[kMostVariables + 2];

// Run by the loader before any library is initialised, the C library included: no getenv(), no memory from the heap.
void begin_with_short_waits(int, char** arguments, char** environment) {
    size_t count = 0;
    for (; environment[count] != nullptr; ++count) {
        const std::string_view variable = environment[count];
        if (variable.starts_with("GOMP_SPINCOUNT=") || variable.starts_with("OMP_WAIT_POLICY=")) return;
        if (count == kMostVariables) return;
        variables[count] = environment[count];
    }
    variables[count] = short_wait;
    // By its own path, since processes are listed by the last part of it.
    static char program[PATH_MAX + 1];
    if (readlink("/proc/self/exe", program, PATH_MAX) <= 0) return;
    execve(program, arguments, variables);  // returns only where it cannot: then waits stay as they are
}

// Such a list is allowed in programs only, so `core` stays static libraries.
[[gnu::used, gnu::section(".preinit_array")]] void (*const before_libraries)(int, char**,
                                                                             char**) = begin_with_short_waits;

}  // namespace
}  // namespace rest::kernels
