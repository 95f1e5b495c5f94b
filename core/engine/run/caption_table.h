// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/retrieval/caption_update.h"

namespace rest::engine {

/// A caption in some video's list W_i.
struct ListedCaption {
    int32_t id = 0;      // in the TextPool
    int32_t origin = 0;  // index of the video it was generated for
    float score = 0;     // s_vt (Eq. 4); 0 before the first update
};

/// The run's lists W_i in memory, indexed like the training videos. A list contains each caption once.
class CaptionTable {
  public:
    explicit CaptionTable(int64_t videos = 0) : lists_(static_cast<size_t>(videos)) {}

    int64_t videos() const { return static_cast<int64_t>(lists_.size()); }
    std::span<const ListedCaption> of(int64_t video) const { return lists_[static_cast<size_t>(video)]; }

    /// Appends to the video's list, unless it contains that caption already.
    void add(int64_t video, ListedCaption caption);
    /// Input of the update: the lists of these videos, in this order.
    retrieval::CaptionLists ids(std::span<const int64_t> videos) const;
    /// Replaces the lists by the update's. A retrieved caption keeps the origin it has in the list it was found in.
    void replace(const std::vector<std::vector<retrieval::ScoredCaption>>& updated);

  private:
    int32_t origin_of(const retrieval::ScoredCaption& caption) const;

    std::vector<std::vector<ListedCaption>> lists_;
};

}  // namespace rest::engine
