// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_set>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/text/bert_normaliser.h"
#include "core/text/vocabulary_training.h"
#include "core/text/word_counts.h"

namespace rest::text {
namespace {

WordCounts count_bert_words(const std::vector<std::string>& texts) {
    WordCounts counts;
    for (const auto& text : texts) {
        const std::string normalised = bert_normalised(text, {});
        for (const auto word : bert_words(normalised)) ++counts[std::string(word)];
    }
    return counts;
}

// Tokens in order of their ids, each once.
class TokenList {
  public:
    void add(const std::string& token) {
        if (known_.insert(token).second) (lines_ += token) += '\n';
    }
    const std::string& lines() const { return lines_; }

  private:
    std::unordered_set<std::string> known_;
    std::string lines_;
};

}  // namespace

void train_wordpiece(const std::vector<std::string>& texts, const std::filesystem::path& folder) {
    TokenList tokens;
    for (const char* special : {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) tokens.add(special);
    for (char c = '!'; c <= '~'; ++c) {
        if (c >= 'A' && c <= 'Z') continue;
        tokens.add(std::string(1, c));
        tokens.add(std::string("##") + c);
    }
    for (const auto& [word, count] : by_frequency(count_bert_words(texts))) tokens.add(word);
    make_folder(folder);
    write_file_atomically(folder / "vocab.txt", tokens.lines());
}

}  // namespace rest::text
