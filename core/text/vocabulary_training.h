// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rest::text {

/// Writes `folder`/vocab.txt: BERT's special tokens in their usual order ([PAD] first, then [UNK], [CLS], [SEP],
/// [MASK]), single letters, digits and punctuation with their ## forms, and every word of `texts`, most frequent first
/// (ties: byte order).
void train_wordpiece(const std::vector<std::string>& texts, const std::filesystem::path& folder);

/// Writes `folder`/vocab.json and merges.txt: the 512 byte symbols, then merges learnt on `texts` by frequency
/// (ties: byte order) until each word is one symbol or `max_merges` is reached, then the two special tokens.
void train_clip_bpe(const std::vector<std::string>& texts, const std::filesystem::path& folder, int max_merges = 4000);

}  // namespace rest::text
