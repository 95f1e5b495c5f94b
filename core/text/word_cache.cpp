// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/word_cache.h"

#include <mutex>

namespace rest::text {
namespace {

constexpr size_t kMostWords = size_t{1} << 16;
constexpr size_t kLongestWord = 64;  // bytes

}  // namespace

bool WordCache::append(std::string_view word, std::vector<int64_t>& ids) const {
    const std::shared_lock lock(mutex_);
    const auto found = words_.find(word);
    if (found == words_.end()) return false;
    ids.insert(ids.end(), found->second.begin(), found->second.end());
    return true;
}

void WordCache::insert(std::string_view word, std::vector<int64_t> ids) {
    if (word.size() > kLongestWord) return;
    const std::unique_lock lock(mutex_);
    if (words_.size() < kMostWords) words_.try_emplace(std::string(word), std::move(ids));
}

}  // namespace rest::text
