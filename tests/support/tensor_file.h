// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace rest::test {

struct FloatTensor {
    std::vector<int64_t> shape;
    std::vector<float> values;
};

/// The F32 tensors of a safetensors file, by name: for tests of rooms without LibTorch. Throws on anything else.
std::map<std::string, FloatTensor> read_tensor_file(const std::filesystem::path& path);

}  // namespace rest::test
