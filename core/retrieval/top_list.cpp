// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/top_list.h"

#include <algorithm>
#include <bit>

#include "core/base/multiversion.h"
#include "core/retrieval/exact_scores.h"

namespace rest::retrieval {
namespace {

constexpr int64_t kBlock = 64;

/// The first multiple of kBlock at or after `at` whose block has a score of at least `threshold`, else n.
REST_MULTIVERSION int64_t next_block(const float* scores, int64_t at, int64_t n, float threshold) {
    for (; at + kBlock <= n; at += kBlock) {
        int any = 0;
        for (int64_t i = 0; i < kBlock; ++i) any |= scores[at + i] >= threshold;
        if (any) return at;
    }
    return at;
}

// Maps floats in descending order to unsigned integers in ascending order, and back.
uint32_t ordered(float score) {
    const auto bits = std::bit_cast<uint32_t>(score + 0.0f);  // -0 becomes 0
    return bits >> 31 ? bits : bits ^ 0x7fffffffu;
}

float score_of(uint64_t entry) {
    const auto order = static_cast<uint32_t>(entry >> 32);
    return std::bit_cast<float>(order >> 31 ? order : order ^ 0x7fffffffu);
}

size_t capacity_for(size_t h) {
    return h + std::max<size_t>(h, 256);
}

int32_t index_of(uint64_t entry) {
    return static_cast<int32_t>(entry & 0xffffffffu);
}

uint64_t make_entry(float score, int32_t index) {
    return uint64_t{ordered(score)} << 32 | static_cast<uint32_t>(index);
}

}  // namespace

TopList::TopList(const Source& source, int64_t h)
    : source_(source), h_(static_cast<size_t>(h)), capacity_(capacity_for(h_)) {
    entries_.reserve(capacity_);
}

int64_t TopList::bytes(int64_t h) {
    return static_cast<int64_t>(sizeof(TopList) + capacity_for(static_cast<size_t>(h)) * sizeof(uint64_t));
}

void TopList::offer(std::span<const float> guesses, int64_t first) {
    const auto n = static_cast<int64_t>(guesses.size());
    for (int64_t block = 0; block < n; block += kBlock) {
        block = next_block(guesses.data(), block, n, threshold_);
        for (int64_t i = block; i < std::min(n, block + kBlock); ++i) {
            if (guesses[i] >= threshold_) take(guesses[i], static_cast<int32_t>(first + i));
        }
    }
}

void TopList::offer(std::span<const float> guesses, std::span<const int32_t> ids) {
    for (size_t i = 0; i < guesses.size(); ++i) {
        if (guesses[i] >= threshold_) take(guesses[i], ids[i]);
    }
}

void TopList::take(float guess, int32_t id) {
    if (entries_.size() == capacity_) shrink();
    entries_.push_back(make_entry(guess, id));
}

/// Removes entries that cannot be among the H best, to make room.
void TopList::shrink() {
    if (entries_.size() <= h_) return;
    const auto cut = [this] {
        std::nth_element(entries_.begin(), entries_.begin() + static_cast<int64_t>(h_) - 1, entries_.end());
        threshold_ = score_of(entries_[h_ - 1]) - 2 * source_.error;
    };
    cut();
    std::erase_if(entries_, [this](uint64_t entry) { return score_of(entry) < threshold_; });
    if (entries_.size() <= h_ + (capacity_ - h_) / 2) return;
    settle(entries_);
    cut();
    entries_.resize(h_);
}

/// Replaces guesses by exact scores.
void TopList::settle(std::span<uint64_t> entries) const {
    std::vector<int32_t> ids(entries.size());
    std::vector<float> scores(entries.size());
    std::transform(entries.begin(), entries.end(), ids.begin(), index_of);
    exact_dots(source_.query, source_.rows, ids, source_.d, scores.data());
    for (size_t i = 0; i < ids.size(); ++i) entries[i] = make_entry(scores[i], ids[i]);
}

/// Sorts exactly. Guesses that differ by more than their errors are already in order: only the others are rescored.
void TopList::order() {
    std::sort(entries_.begin(), entries_.end());
    const auto close = [this](uint64_t better, uint64_t worse) {
        return score_of(better) - score_of(worse) <= 2 * source_.error;
    };
    for (size_t first = 0, last = 1; first < std::min(h_, entries_.size()); first = last++) {
        while (last < entries_.size() && close(entries_[last - 1], entries_[last])) ++last;
        if (last - first == 1) continue;
        const auto run = std::span(entries_).subspan(first, last - first);
        settle(run);
        std::sort(run.begin(), run.end());
    }
}

int64_t TopList::finish(int32_t* out) {
    shrink();
    order();
    const size_t kept = std::min(h_, entries_.size());
    std::transform(entries_.begin(), entries_.begin() + static_cast<int64_t>(kept), out, index_of);
    return static_cast<int64_t>(kept);
}

}  // namespace rest::retrieval
