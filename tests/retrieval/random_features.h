// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/base/random.h"

namespace rest::test {

/// Unit rows of random direction.
inline torch::Tensor unit_features(int64_t n, int64_t d, uint64_t seed) {
    Random random(seed);
    auto out = torch::empty({n, d});
    for (int64_t i = 0; i < out.numel(); ++i) out.data_ptr<float>()[i] = static_cast<float>(random.normal());
    return out / out.norm(2, {1}, true);
}

/// Rows of multiples of 1/4: every dot product is exact in float in any order, and many of them are equal.
inline torch::Tensor tied_features(int64_t n, int64_t d, uint64_t seed) {
    Random random(seed);
    auto out = torch::empty({n, d});
    for (int64_t i = 0; i < out.numel(); ++i) out.data_ptr<float>()[i] = (static_cast<float>(random.below(5)) - 2) / 4;
    return out;
}

}  // namespace rest::test
