// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/bpe_learner.h"

#include <tuple>

#include "core/text/byte_symbols.h"

namespace rest::text {

BpeLearner::BpeLearner(const WordCounts& counts) {
    const std::string end_of_word(kEndOfWord);
    for (const unsigned char byte : bytes_in_vocabulary_order()) id_of(byte_symbols()[byte]);
    for (const unsigned char byte : bytes_in_vocabulary_order()) id_of(byte_symbols()[byte] + end_of_word);
    for (const auto& [text, count] : by_frequency(counts)) {
        Word word{.symbols = {}, .count = count};
        for (size_t i = 0; i < text.size(); ++i) {
            const std::string& symbol = byte_symbols()[static_cast<unsigned char>(text[i])];
            word.symbols.push_back(id_of(i + 1 < text.size() ? symbol : symbol + end_of_word));
        }
        words_.push_back(std::move(word));
        count_pairs(words_.size() - 1, 1);
    }
}

int64_t BpeLearner::id_of(const std::string& symbol) {
    const auto [entry, is_new] = ids_.try_emplace(symbol, static_cast<int64_t>(symbols_.size()));
    if (is_new) symbols_.push_back(symbol);
    return entry->second;
}

void BpeLearner::count_pairs(size_t word, int64_t sign) {
    const auto& symbols = words_[word].symbols;
    for (size_t i = 0; i + 1 < symbols.size(); ++i) {
        auto& pair = pairs_[{symbols[i], symbols[i + 1]}];
        pair.count += sign * words_[word].count;
        if (sign > 0) pair.words.insert(word);
    }
}

const std::pair<const BpeLearner::Pair, BpeLearner::Occurrence>* BpeLearner::most_frequent() const {
    const std::pair<const Pair, Occurrence>* best = nullptr;
    const auto comes_first = [&](const Pair& a, const Pair& b) {
        return std::tie(symbols_[a.first], symbols_[a.second]) < std::tie(symbols_[b.first], symbols_[b.second]);
    };
    for (const auto& entry : pairs_) {
        const int64_t count = entry.second.count;
        if (!best || count > best->second.count ||
            (count == best->second.count && comes_first(entry.first, best->first)))
            best = &entry;
    }
    return best;
}

void BpeLearner::learn(int64_t max_merges) {
    while (merges_.size() < max_merges && learn_one()) continue;
}

bool BpeLearner::learn_one() {
    const auto* best = most_frequent();
    if (!best) return false;
    const auto [left, right] = best->first;
    const auto affected = best->second.words;
    learnt_.emplace_back(symbols_[left], symbols_[right]);
    merges_.add(left, right, id_of(symbols_[left] + symbols_[right]));
    for (const size_t word : affected) {
        count_pairs(word, -1);
        merges_.apply(words_[word].symbols);
        count_pairs(word, 1);
    }
    std::erase_if(pairs_, [](const auto& entry) { return entry.second.count == 0; });
    return true;
}

}  // namespace rest::text
