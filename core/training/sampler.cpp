// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/sampler.h"

#include <numeric>

namespace rest::training {

Random draw_for(DrawPurpose purpose, uint64_t seed, int64_t epoch, int64_t video) {
    return Random(seed, (static_cast<uint64_t>(purpose) << 48) | static_cast<uint64_t>(epoch),
                  static_cast<uint64_t>(video));
}

std::vector<int64_t> epoch_order(int64_t count, uint64_t seed, int64_t epoch) {
    std::vector<int64_t> order(static_cast<size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    draw_for(DrawPurpose::order, seed, epoch, 0).shuffle(std::span(order));
    return order;
}

}  // namespace rest::training
