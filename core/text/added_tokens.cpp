// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/added_tokens.h"

#include <algorithm>

namespace rest::text {

AddedTokenMatcher::AddedTokenMatcher(std::vector<AddedToken> tokens) : tokens_(std::move(tokens)) {
    std::erase_if(tokens_, [](const AddedToken& token) { return token.content.empty(); });
    std::stable_sort(tokens_.begin(), tokens_.end(),
                     [](const AddedToken& a, const AddedToken& b) { return a.content.size() > b.content.size(); });
    for (const auto& token : tokens_) begins_[static_cast<unsigned char>(token.content.front())] = true;
}

std::optional<AddedTokenMatcher::Match> AddedTokenMatcher::find(std::string_view text, size_t from) const {
    for (size_t position = from; position < text.size(); ++position) {
        if (!begins_[static_cast<unsigned char>(text[position])]) continue;
        for (const auto& token : tokens_) {
            if (text.substr(position).starts_with(token.content))
                return Match{position, position + token.content.size(), token.id};
        }
    }
    return std::nullopt;
}

}  // namespace rest::text
