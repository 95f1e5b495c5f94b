// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "core/text/added_tokens.h"
#include "core/text/vocabulary.h"

namespace rest::text {

/// The contents of a Hugging Face tokenizer.json.
struct TokenizerJson {
    std::vector<TokenId> tokens;    // the model's vocabulary and the added tokens missing from it
    std::vector<AddedToken> added;  // every added token
    nlohmann::json model;           // section "model" without its vocabulary
    nlohmann::json normaliser;      // section "normalizer", may be null
};

/// Throws Error naming the file if it is absent, not JSON, or its model is not of type `model_type` ("BPE").
TokenizerJson read_tokenizer_json(const std::filesystem::path& file, std::string_view model_type);

/// A JSON file; throws Error naming it if it is absent, too large or not JSON.
nlohmann::json read_json_file(const std::filesystem::path& file);
/// {"token": id, ...}; throws Error naming `file` if it has another form.
std::vector<TokenId> read_token_ids(const nlohmann::json& vocabulary, const std::filesystem::path& file);

}  // namespace rest::text
