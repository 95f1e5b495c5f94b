// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rest::text {

struct TokenHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
/// Map from token to T, with look-up by string_view without a copy.
template <class T>
using TokenMap = std::unordered_map<std::string, T, TokenHash, std::equal_to<>>;

struct TokenId {
    std::string token;
    int64_t id = 0;
};

/// Tokens and their ids, which are 0 to size - 1 without gaps or duplicates. Immutable.
class Vocabulary {
  public:
    /// Throws Error (damaged) naming `file` and the token or id that is duplicate or out of range.
    Vocabulary(std::filesystem::path file, std::vector<TokenId> tokens);

    std::optional<int64_t> find(std::string_view token) const;
    /// The id of a token that must exist; throws Error naming file and token.
    int64_t require(std::string_view token) const;
    const std::string& token(int64_t id) const { return tokens_[static_cast<size_t>(id)]; }
    bool contains(int64_t id) const { return id >= 0 && id < size(); }
    int64_t size() const { return static_cast<int64_t>(tokens_.size()); }

  private:
    std::filesystem::path file_;
    std::vector<std::string> tokens_;
    TokenMap<int64_t> ids_;
};

/// Throws Error (damaged): "FILE: WHAT", with the advice to fetch the file again.
[[noreturn]] void throw_damaged(const std::filesystem::path& file, const std::string& what);

}  // namespace rest::text
