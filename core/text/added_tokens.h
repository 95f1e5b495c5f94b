// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rest::text {

/// A token that is recognised literally in running text, before words are split.
struct AddedToken {
    std::string content;
    int64_t id = 0;
    bool special = true;      // left out when decoding
    bool normalised = false;  // matched in the normalised text, not in the original text
};

/// Finds added tokens in text: leftmost, then longest match. Immutable.
///
/// The flags lstrip and rstrip in Hugging Face's files only decide which side owns the whitespace around a token; both
/// our tokenisers drop whitespace, so they are ignored.
class AddedTokenMatcher {
  public:
    struct Match {
        size_t begin = 0;
        size_t end = 0;
        int64_t id = 0;
    };

    AddedTokenMatcher() = default;
    explicit AddedTokenMatcher(std::vector<AddedToken> tokens);

    std::optional<Match> find(std::string_view text, size_t from) const;

    /// Passes the text between tokens (never empty) to on_text and each token's id to on_token, in order.
    template <class OnText, class OnToken>
    void split(std::string_view text, OnText on_text, OnToken on_token) const {
        size_t position = 0;
        while (const auto match = find(text, position)) {
            if (match->begin > position) on_text(text.substr(position, match->begin - position));
            on_token(match->id);
            position = match->end;
        }
        if (position < text.size()) on_text(text.substr(position));
    }

  private:
    std::vector<AddedToken> tokens_;  // longest first
    std::array<bool, 256> begins_{};  // first bytes of tokens
};

}  // namespace rest::text
