// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/weights.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"

namespace rest::checkpoint {
namespace {

/// In the order of NumberType.
constexpr std::array<torch::ScalarType, 10> kTypes{torch::kFloat64, torch::kFloat32, torch::kFloat16, torch::kBFloat16,
                                                   torch::kInt64,   torch::kInt32,   torch::kInt16,   torch::kInt8,
                                                   torch::kUInt8,   torch::kBool};

}  // namespace

const torch::Tensor& require(const Weights& weights, const std::string& name) {
    const auto found = weights.find(name);
    if (found == weights.end()) {
        throw Error(ErrorCode::damaged, "The checkpoint lacks the tensor " + name,
                    "Ask `rest doctor` which checkpoint it is, or download it again.");
    }
    return found->second;
}

torch::ScalarType scalar_type(NumberType type) {
    return kTypes[static_cast<size_t>(type)];
}

std::optional<NumberType> number_type(torch::ScalarType type) {
    const auto found = std::find(kTypes.begin(), kTypes.end(), type);
    if (found == kTypes.end()) return std::nullopt;
    return static_cast<NumberType>(found - kTypes.begin());
}

}  // namespace rest::checkpoint
