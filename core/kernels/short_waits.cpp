// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/short_waits.h"

#include <sched.h>

#include <string_view>

namespace rest::kernels {
namespace {

cpu_set_t allowed;  // what the process was started with
bool narrowed = false;

/// Not where the user has said how threads are to wait or where they are to run.
bool user_has_chosen(char** environment) {
    constexpr std::string_view kChoices[] = {
        "OMP_WAIT_POLICY=", "GOMP_SPINCOUNT=", "OMP_PROC_BIND=", "OMP_PLACES=", "GOMP_CPU_AFFINITY="};
    for (; *environment != nullptr; ++environment) {
        for (const auto choice : kChoices) {
            if (std::string_view(*environment).starts_with(choice)) return true;
        }
    }
    return false;
}

// The C library is not initialised yet: getenv() would find nothing.
void use_one_processor(int, char**, char** environment) {
    if (user_has_chosen(environment) || sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
    const int here = sched_getcpu();
    if (here < 0 || !CPU_ISSET(here, &allowed)) return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(here, &one);
    narrowed = sched_setaffinity(0, sizeof one, &one) == 0;
}

}  // namespace

void use_all_processors() {
    if (narrowed) sched_setaffinity(0, sizeof allowed, &allowed);
    narrowed = false;
}

namespace {

[[gnu::constructor]] void before_main() {
    use_all_processors();
}

// Run by the loader before it initialises any library. Only in programs, so `core` stays static libraries.
[[gnu::used, gnu::section(".preinit_array")]] void (*const before_libraries)(int, char**, char**) = use_one_processor;

}  // namespace
}  // namespace rest::kernels
