// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace rest::text {

/// The merges of a byte-pair encoding over token ids, the first learnt first.
class BpeMerges {
  public:
    /// Appends a merge; false, and nothing done, when the pair has one already.
    bool add(int64_t left, int64_t right, int64_t merged);
    /// Merges neighbours until no merge fits: always the earliest learnt one, of equal ones the leftmost.
    void apply(std::vector<int64_t>& symbols) const;
    int64_t size() const { return static_cast<int64_t>(merges_.size()); }

  private:
    struct Merge {
        int64_t rank = 0;
        int64_t merged = 0;
    };
    const Merge* find(int64_t left, int64_t right) const;

    std::unordered_map<uint64_t, Merge> merges_;  // by both ids
};

}  // namespace rest::text
