// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/new_checkpoint.h"

#include <cmath>

#include "core/base/random.h"

namespace rest::checkpoint {
namespace {

bool is_norm(const std::string& name) {
    return name.find("norm") != std::string::npos || name.find("Norm") != std::string::npos ||
           name.find("layrnorm") != std::string::npos;
}

double deviation(const std::string& name, const std::vector<int64_t>& shape) {
    if (name.find("embedding") != std::string::npos && name.find("patch") == std::string::npos) return 0.02;
    int64_t fan_in = 1;
    for (size_t i = 1; i < shape.size(); ++i) fan_in *= shape[i];
    return std::sqrt(0.5 / static_cast<double>(fan_in));
}

torch::Tensor initial(const std::string& name, const std::vector<int64_t>& shape, Random& random) {
    if (name == "logit_scale") return torch::tensor(std::log(1 / 0.07f));
    if (is_norm(name)) return name.ends_with("weight") ? torch::ones(shape) : torch::zeros(shape);
    if (name.ends_with("bias")) return torch::zeros(shape);
    auto tensor = torch::empty(shape);
    const double scale = deviation(name, shape);
    float* values = tensor.data_ptr<float>();
    for (int64_t i = 0; i < tensor.numel(); ++i) values[i] = static_cast<float>(scale * random.normal());
    return tensor;
}

}  // namespace

Checkpoint new_checkpoint(CheckpointKind kind, const ModelSizes& sizes, uint64_t seed) {
    Checkpoint checkpoint;
    checkpoint.kind = kind;
    checkpoint.sizes = sizes;
    uint64_t stream = 0;
    for (const auto& [name, shape] : expected_tensors(kind, sizes)) {
        Random random(seed, ++stream);
        checkpoint.weights[name] = initial(name, shape, random);
    }
    return checkpoint;
}

}  // namespace rest::checkpoint
