// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "core/text/vocabulary.h"

namespace rest::text {

/// Remembers the ids of words, up to a fixed number of them. Any thread may use it.
class WordCache {
  public:
    /// Appends the word's ids; false when it is not known.
    bool append(std::string_view word, std::vector<int64_t>& ids) const;
    /// Does nothing when the cache is full or the word too long to come again.
    void insert(std::string_view word, std::vector<int64_t> ids);

  private:
    mutable std::shared_mutex mutex_;
    TokenMap<std::vector<int64_t>> words_;
};

}  // namespace rest::text
