// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/short_waits.h"

#include <unistd.h>

#include <climits>
#include <cstddef>
#include <string_view>

namespace rest::kernels {

void keep_waits_short() {}

namespace {

// A few microseconds; the default is 300,000.
char short_wait[] = "GOMP_SPINCOUNT=1000";

constexpr size_t kMostVariables = 4096;
char* variables[kMostVariables + 2];

// Run by the loader before any library is initialised, the C library included: no getenv(), no heap memory.
void begin_with_short_waits(int, char** arguments, char** environment) {
    size_t count = 0;
    for (; environment[count] != nullptr; ++count) {
        const std::string_view variable = environment[count];
        if (variable.starts_with("GOMP_SPINCOUNT=") || variable.starts_with("OMP_WAIT_POLICY=")) return;
        if (count == kMostVariables) return;
        variables[count] = environment[count];
    }
    variables[count] = short_wait;
    // By the executable's own path, since processes are listed by its last component.
    static char program[PATH_MAX + 1];
    if (readlink("/proc/self/exe", program, PATH_MAX) <= 0) return;
    execve(program, arguments, variables);  // returns only on failure: then the waits stay long
}

// Such an array is allowed only in programs, so `core` stays static libraries.
[[gnu::used, gnu::section(".preinit_array")]] void (*const before_libraries)(int, char**,
                                                                             char**) = begin_with_short_waits;

}  // namespace
}  // namespace rest::kernels
