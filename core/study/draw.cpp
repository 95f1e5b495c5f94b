// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/draw.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/base/random.h"

namespace rest::study {
namespace {

constexpr uint64_t kDrawStream = 0x647261;

std::vector<size_t> shuffled(std::span<const DrawCandidate> candidates, uint64_t seed) {
    std::vector<double> keys;
    for (const auto& c : candidates)
        keys.push_back(Random(seed, kDrawStream, static_cast<uint64_t>(c.video)).uniform());
    std::vector<size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        return std::pair(keys[a], candidates[a].video) < std::pair(keys[b], candidates[b].video);
    });
    return order;
}

/// The number drawn from each class: the integer part of its share, then one each by largest remainder.
std::map<int, int64_t> shares(std::span<const DrawCandidate> candidates, const std::vector<size_t>& order,
                              int64_t count) {
    std::map<int, int64_t> sizes, given;
    std::vector<int> classes;  // in order of drawing
    for (const size_t i : order) {
        if (sizes[candidates[i].label]++ == 0) classes.push_back(candidates[i].label);
    }
    const auto all = std::ssize(candidates);
    int64_t left = count;
    for (const int c : classes) left -= given[c] = count * sizes[c] / all;
    std::stable_sort(classes.begin(), classes.end(),
                     [&](int a, int b) { return count * sizes[a] % all > count * sizes[b] % all; });
    for (int64_t i = 0; i < left; ++i) ++given[classes[i]];
    return given;
}

}  // namespace

std::vector<size_t> draw_clips(std::span<const DrawCandidate> candidates, int64_t count, uint64_t seed,
                               bool stratified) {
    auto order = shuffled(candidates, seed);
    count = std::clamp<int64_t>(count, 0, std::ssize(candidates));
    if (!stratified) {
        order.resize(static_cast<size_t>(count));
        return order;
    }
    if (count == 0) return {};
    auto left = shares(candidates, order, count);
    std::vector<size_t> drawn;
    for (const size_t i : order) {
        if (left[candidates[i].label]-- > 0) drawn.push_back(i);
    }
    return drawn;
}

}  // namespace rest::study
