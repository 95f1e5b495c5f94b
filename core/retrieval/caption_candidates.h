// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/retrieval/caption_update.h"
#include "core/retrieval/neighbours.h"

namespace rest::retrieval {

/// The captions in video i's list.
inline std::span<const int32_t> list_of(const CaptionLists& lists, int64_t video) {
    const auto first = lists.offsets[video];
    return std::span(lists.ids).subspan(first, lists.offsets[video + 1] - first);
}

/// A set of caption ids as a bitmap, small enough to stay in the cache; reading it out sorts.
class IdSet {
  public:
    explicit IdSet(int64_t captions) : words_((captions + 63) / 64) {}
    void add(std::span<const int32_t> ids) {
        for (const int32_t id : ids) words_[id >> 6] |= uint64_t{1} << (id & 63);
    }
    /// The ids in ascending order; the set is empty afterwards.
    std::vector<int32_t> take();

  private:
    std::vector<uint64_t> words_;
};

/// W_i and Omega_i (Eq. 5) of these videos: distinct ids, ascending. Row 0 of `neighbours` is video `first_row`'s.
std::vector<std::vector<int32_t>> gather_candidates(const CaptionLists& lists, const torch::Tensor& neighbours,
                                                    int64_t first_row, int64_t captions, const VideoRange& of);

}  // namespace rest::retrieval
