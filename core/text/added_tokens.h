// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rest::text {

/// A token that is recognised in running text as it stands, before words are split.
struct AddedToken {
    std::string content;
    int64_t id = 0;
    bool special = true;      // left out when decoding
    bool normalised = false;  // looked for in the normalised text, not in the text as given
};

/// Finds added tokens in text: the leftmost one, of those the longest. Immutable.
///
/// The flags lstrip and rstrip of Hugging Face's files only decide who owns the blanks around a token; both our
/// tokenisers drop blanks, so they need no heed.
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

    /// Hands the text between tokens (never empty) to on_text and each token's id to on_token, in order.
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
    std::array<bool, 256> begins_{};  // bytes that a token begins with
};

}  // namespace rest::text
