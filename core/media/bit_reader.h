// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace rest::media {

/// Reads bits, most significant first. Past the end it returns zeros and sets a flag.
class BitReader {
  public:
    explicit BitReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

    uint32_t bits(int count) {
        uint32_t value = 0;
        for (int i = 0; i < count; ++i) value = value << 1 | bit();
        return value;
    }
    bool past_the_end() const { return past_the_end_; }

  private:
    uint32_t bit() {
        if (at_ / 8 >= bytes_.size()) {
            past_the_end_ = true;
            return 0;
        }
        const uint32_t value = bytes_[at_ / 8] >> (7 - at_ % 8) & 1U;
        ++at_;
        return value;
    }

    std::span<const uint8_t> bytes_;
    size_t at_ = 0;
    bool past_the_end_ = false;
};

}  // namespace rest::media
