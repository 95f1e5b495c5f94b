// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace rest::text {

/// The merges of a byte-pair encoding over token ids, in the order learnt.
class BpeMerges {
  public:
    /// Appends a merge; false, without effect, if the pair has one already.
    bool add(int64_t left, int64_t right, int64_t merged);
    /// Merges adjacent symbols until no merge applies: always the earliest learnt one, ties leftmost.
    void apply(std::vector<int64_t>& symbols) const;
    int64_t size() const { return static_cast<int64_t>(merges_.size()); }

  private:
    struct Merge {
        int64_t rank = 0;
        int64_t merged = 0;
    };
    const Merge* find(int64_t left, int64_t right) const;

    std::unordered_map<uint64_t, Merge> merges_;  // by the pair of ids
};

}  // namespace rest::text
