// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/text/bpe_merges.h"
#include "core/text/vocabulary.h"
#include "core/text/word_counts.h"

namespace rest::text {

/// Learns byte-pair merges from counted words. After every merge the words are re-encoded with all merges so far, so
/// that encoding them later gives exactly what was learnt.
class BpeLearner {
  public:
    explicit BpeLearner(const WordCounts& counts);

    /// Merges the most frequent pair (ties: byte order) until every word is one symbol or there are `max_merges`.
    void learn(int64_t max_merges);

    const std::vector<std::string>& symbols() const { return symbols_; }  // by id, the 512 byte symbols first
    const std::vector<std::pair<std::string, std::string>>& merges() const { return learnt_; }

  private:
    using Pair = std::pair<int64_t, int64_t>;
    struct Word {
        std::vector<int64_t> symbols;
        int64_t count = 0;
    };
    struct Occurrence {
        int64_t count = 0;
        std::set<size_t> words;  // indices; may include words that no longer contain the pair
    };

    bool learn_one();  // false if no pair is left
    int64_t id_of(const std::string& symbol);
    void count_pairs(size_t word, int64_t sign);
    const std::pair<const Pair, Occurrence>* most_frequent() const;

    std::vector<std::string> symbols_;
    TokenMap<int64_t> ids_;
    std::vector<Word> words_;
    std::map<Pair, Occurrence> pairs_;
    BpeMerges merges_;
    std::vector<std::pair<std::string, std::string>> learnt_;
};

}  // namespace rest::text
