// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/weights.h"

#include "core/base/error.h"

namespace rest {

const torch::Tensor& require(const Weights& weights, const std::string& name) {
    const auto found = weights.find(name);
    if (found == weights.end()) {
        throw Error(ErrorCode::damaged, "The checkpoint lacks the tensor " + name,
                    "Ask `rest doctor` which checkpoint it is, or fetch it anew.");
    }
    return found->second;
}

}  // namespace rest
