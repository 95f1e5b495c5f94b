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

/// CLIP's byte-level byte-pair encoding. Immutable after construction; any thread may use it (an internal cache of
/// words is guarded).
class ClipBpe {
  public:
    /// `folder` holds vocab.json + merges.txt, or tokenizer.json. Throws Error naming the file.
    static ClipBpe load(const std::filesystem::path& folder);
    static ClipBpe from_files(const std::filesystem::path& vocab_json, const std::filesystem::path& merges_txt);
    static ClipBpe from_tokenizer_json(const std::filesystem::path& tokenizer_json);
    ClipBpe(ClipBpe&&) noexcept;
    ClipBpe& operator=(ClipBpe&&) noexcept;
    ~ClipBpe();

    /// <|startoftext|> text <|endoftext|>, truncated to `max_length` ids with the end token kept; max_length is at
    /// least 2. The text is composed (NFC) and lower-cased; special tokens written in it are recognised, and invalid
    /// UTF-8 is read as U+FFFD.
    std::vector<int64_t> encode(std::string_view text, int max_length = 77) const;
    /// Text without special tokens; "</w>" becomes a space, trimmed at the ends. Ids outside the vocabulary are left
    /// out.
    std::string decode(std::span<const int64_t> ids) const;

    int64_t size() const;
    int64_t start() const;
    int64_t end() const;

  private:
    struct Impl;
    explicit ClipBpe(std::unique_ptr<const Impl> impl);
    std::unique_ptr<const Impl> impl_;
};

}  // namespace rest::text
