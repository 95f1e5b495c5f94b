// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/vocabulary.h"

#include "core/base/error.h"

namespace rest::text {

Vocabulary::Vocabulary(std::filesystem::path file, std::vector<TokenId> tokens) : file_(std::move(file)) {
    const auto count = static_cast<int64_t>(tokens.size());
    tokens_.resize(tokens.size());
    ids_.reserve(tokens.size());
    std::vector<bool> taken(tokens.size());
    for (auto& [token, id] : tokens) {
        if (token.empty()) throw_damaged(file_, "token " + std::to_string(id) + " is empty");
        if (id < 0 || id >= count) {
            throw_damaged(file_, "id " + std::to_string(id) + " of token \"" + token + "\" is out of range for " +
                                     std::to_string(count) + " tokens");
        }
        if (taken[static_cast<size_t>(id)]) {
            throw_damaged(file_, "id " + std::to_string(id) + " belongs to both \"" + this->token(id) + "\" and \"" +
                                     token + "\"");
        }
        if (!ids_.emplace(token, id).second) throw_damaged(file_, "token \"" + token + "\" has two ids");
        taken[static_cast<size_t>(id)] = true;
        tokens_[static_cast<size_t>(id)] = std::move(token);
    }
}

std::optional<int64_t> Vocabulary::find(std::string_view token) const {
    const auto found = ids_.find(token);
    if (found == ids_.end()) return std::nullopt;
    return found->second;
}

int64_t Vocabulary::require(std::string_view token) const {
    const auto id = find(token);
    if (!id) throw_damaged(file_, "the token \"" + std::string(token) + "\" is missing");
    return *id;
}

void throw_damaged(const std::filesystem::path& file, const std::string& what) {
    throw Error(ErrorCode::damaged, file.string() + ": " + what,
                "Download the file again from the checkpoint's source");
}

}  // namespace rest::text
