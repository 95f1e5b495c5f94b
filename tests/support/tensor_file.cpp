// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tensor_file.h"

#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/base/atomic_file.h"

namespace rest::test {

std::map<std::string, FloatTensor> read_tensor_file(const std::filesystem::path& path) {
    const std::string bytes = read_file(path);
    uint64_t header_size = 0;
    if (bytes.size() < sizeof header_size) throw std::runtime_error(path.string() + " is too short");
    std::memcpy(&header_size, bytes.data(), sizeof header_size);
    const size_t start = sizeof header_size + header_size;
    const auto header = nlohmann::json::parse(bytes.substr(sizeof header_size, header_size));
    std::map<std::string, FloatTensor> tensors;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") continue;
        if (entry.at("dtype") != "F32") throw std::runtime_error(name + " in " + path.string() + " is not F32");
        FloatTensor& tensor = tensors[name];
        tensor.shape = entry.at("shape").get<std::vector<int64_t>>();
        const size_t begin = entry.at("data_offsets").at(0);
        const size_t end = entry.at("data_offsets").at(1);
        if (begin > end || start + end > bytes.size()) throw std::runtime_error(name + " leaves " + path.string());
        tensor.values.resize((end - begin) / sizeof(float));
        std::memcpy(tensor.values.data(), bytes.data() + start + begin, end - begin);
    }
    return tensors;
}

}  // namespace rest::test
