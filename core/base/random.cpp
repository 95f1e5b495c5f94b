// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <cmath>
#include <numbers>

namespace rest {
namespace {

// Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const uint64_t a = uint64_t{0xD2511F53} * counter[0];
        const uint64_t b = uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<uint32_t>(b),
                   static_cast<uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<uint32_t>(a)};
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    return counter;
}

uint64_t mix(uint64_t x) {  // splitmix64's finaliser
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9;
    x ^= x >> 27;
    x *= 0x94D049BB133111EB;
    return x ^ (x >> 31);
}

}  // namespace

Random::Random(uint64_t seed, uint64_t stream, uint64_t substream) {
    const uint64_t key = mix(seed + 0x9E3779B97F4A7C15) ^ mix(substream + 0x6A09E667F3BCC909);
    key_ = {static_cast<uint32_t>(key), static_cast<uint32_t>(key >> 32)};
    counter_ = {0, 0, static_cast<uint32_t>(stream), static_cast<uint32_t>(stream >> 32)};
}

uint32_t Random::next() {
    if (used_ == 4) {
        block_ = philox(counter_, key_);
        used_ = 0;
        if (++counter_[0] == 0) ++counter_[1];
    }
    return block_[used_++];
}

double Random::uniform() {
    const uint64_t high = next() >> 5;
    const uint64_t low = next() >> 6;
    return static_cast<double>((high << 26) | low) * 0x1.0p-53;
}

uint32_t Random::below(uint32_t n) {
    // Lemire's multiply-and-reject: unbiased, rarely draws again.
    uint64_t product = uint64_t{next()} * n;
    if (static_cast<uint32_t>(product) < n) {
        const uint32_t threshold = -n % n;
        while (static_cast<uint32_t>(product) < threshold) product = uint64_t{next()} * n;
    }
    return static_cast<uint32_t>(product >> 32);
}

double Random::normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

}  // namespace rest
