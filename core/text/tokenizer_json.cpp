// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/tokenizer_json.h"
#include "core/text/largest_file.h"

#include <algorithm>
#include <limits>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"

namespace rest::text {
namespace {

std::vector<AddedToken> read_added_tokens(const nlohmann::json& document, const std::filesystem::path& file) {
    std::vector<AddedToken> added;
    for (const auto& entry : document.value("added_tokens", nlohmann::json::array())) {
        AddedToken token;
        token.content = entry.at("content").get<std::string>();
        token.id = integer_member(entry, "id", -1, 0, std::numeric_limits<int64_t>::max());
        token.special = entry.value("special", true);
        token.normalised = entry.value("normalized", false);
        if (token.content.empty()) throw_damaged(file, "added token " + std::to_string(token.id) + " is empty");
        added.push_back(std::move(token));
    }
    return added;
}

// An added token that is also in the model's vocabulary keeps its entry there, if both agree on the id.
void append_added_tokens(std::vector<TokenId>& tokens, const std::vector<AddedToken>& added,
                         const std::filesystem::path& file) {
    TokenMap<int64_t> known;
    for (const auto& [token, id] : tokens) known.emplace(token, id);
    for (const auto& token : added) {
        const auto [entry, is_new] = known.emplace(token.content, token.id);
        if (is_new)
            tokens.push_back({token.content, token.id});
        else if (entry->second != token.id)
            throw_damaged(file, "token \"" + token.content + "\" has two ids");
    }
}

TokenizerJson from_document(const nlohmann::json& document, const std::filesystem::path& file,
                            std::string_view model_type) {
    TokenizerJson out;
    out.model = document.at("model");
    const std::string type = out.model.value("type", std::string(model_type));
    if (type != model_type) {
        throw Error(ErrorCode::unsupported,
                    file.string() + ": holds a tokeniser of type \"" + type + "\", wanted " + std::string(model_type),
                    "Use the tokenizer.json that belongs to this checkpoint");
    }
    out.tokens = read_token_ids(out.model.at("vocab"), file);
    out.model.erase("vocab");
    out.added = read_added_tokens(document, file);
    append_added_tokens(out.tokens, out.added, file);
    out.normaliser = document.value("normalizer", nlohmann::json());
    return out;
}

}  // namespace

nlohmann::json read_json_file(const std::filesystem::path& file) {
    auto document = parse_json(read_file(file, kLargestTextFile));
    if (!document) throw_damaged(file, "is not valid JSON (" + document.error() + ")");
    return std::move(*document);
}

std::vector<TokenId> read_token_ids(const nlohmann::json& vocabulary, const std::filesystem::path& file) {
    if (!vocabulary.is_object()) throw_damaged(file, "the vocabulary is not an object of tokens and ids");
    std::vector<TokenId> tokens;
    tokens.reserve(vocabulary.size());
    for (const auto& [token, id] : vocabulary.items()) {
        if (!id.is_number_integer()) throw_damaged(file, "the id of token \"" + token + "\" is " + id.dump());
        tokens.push_back({token, id.get<int64_t>()});
    }
    return tokens;
}

TokenizerJson read_tokenizer_json(const std::filesystem::path& file, std::string_view model_type) {
    const nlohmann::json document = read_json_file(file);
    try {
        return from_document(document, file, model_type);
    } catch (const nlohmann::json::exception& e) {
        throw_damaged(file, std::string("is not a tokenizer.json (") + e.what() + ")");
    }
}

}  // namespace rest::text
