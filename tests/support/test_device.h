// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdlib>

namespace rest::test {

/// The device of the golden tests of models, training and retrieval: $REST_TEST_DEVICE ("cuda"), else the CPU.
inline torch::Device test_device() {
    const char* set = std::getenv("REST_TEST_DEVICE");
    return torch::Device(set ? set : "cpu");
}

}  // namespace rest::test
