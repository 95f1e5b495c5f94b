// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rest::text {

/// BERT's WordPiece as BLIP uses it (bert-base-uncased: lower case, accents stripped), with [DEC] and [ENC] added.
/// Immutable after construction; any thread may use it.
class WordPiece {
  public:
    /// `folder` contains vocab.txt (one token per line) or tokenizer.json; [DEC] and [ENC] get the next two ids if the
    /// vocabulary lacks them (30522 and 30523 for the published one). Throws Error naming the file.
    static WordPiece load(const std::filesystem::path& folder);
    static WordPiece from_vocabulary(const std::filesystem::path& vocab_txt);
    static WordPiece from_tokenizer_json(const std::filesystem::path& tokenizer_json);
    WordPiece(WordPiece&&) noexcept;
    WordPiece& operator=(WordPiece&&) noexcept;
    ~WordPiece();

    /// [CLS] text [SEP], at most `max_length` ids (the [SEP] stays); max_length is at least 2. Special tokens written
    /// in the text ("[SEP]") are recognised; invalid UTF-8 is dropped.
    std::vector<int64_t> encode(std::string_view text, int max_length = 40) const;
    /// Only the text's ids, without special tokens around them.
    std::vector<int64_t> encode_plain(std::string_view text) const;
    /// Joins pieces, drops special tokens and removes spaces before punctuation like Hugging Face's decoder. Ids
    /// outside the vocabulary are left out.
    std::string decode(std::span<const int64_t> ids) const;

    int64_t size() const;  // ids are in [0, size)
    int64_t pad() const;   // [PAD]
    int64_t cls() const;   // [CLS]
    int64_t sep() const;   // [SEP], ends a caption
    int64_t bos() const;   // [DEC], starts a caption

  private:
    struct Impl;
    explicit WordPiece(std::unique_ptr<const Impl> impl);
    std::unique_ptr<const Impl> impl_;
};

}  // namespace rest::text
