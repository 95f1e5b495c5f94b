// SPDX-License-Identifier: GPL-3.0-or-later
// The entry point that libFuzzer calls; fuzz.h describes what a target does.
#include <spdlog/spdlog.h>

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    spdlog::set_level(spdlog::level::off);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    rest::fuzz::try_input({reinterpret_cast<const char*>(data), size});
    return 0;
}
