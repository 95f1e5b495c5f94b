// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/safetensors.h"
#include "tests/support/test_device.h"

namespace rest::test {

/// A safetensors file's tensors on the device of the tests.
inline checkpoint::Weights device_tensors(const std::filesystem::path& file) {
    auto tensors = checkpoint::read_safetensors(file);
    for (auto& [name, tensor] : tensors) tensor = tensor.to(test_device());
    return tensors;
}

}  // namespace rest::test
