// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "core/text/vocabulary.h"

namespace rest::text {

/// Caches the ids of words, up to a fixed number. Any thread may use it.
class WordCache {
  public:
    /// Appends the word's ids; false if it is not cached.
    bool append(std::string_view word, std::vector<int64_t>& ids) const;
    /// Does nothing if the cache is full or the word too long to be likely to recur.
    void insert(std::string_view word, std::vector<int64_t> ids);

  private:
    mutable std::shared_mutex mutex_;
    TokenMap<std::vector<int64_t>> words_;
};

}  // namespace rest::text
