// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/text/added_tokens.h"
#include "core/text/bert_normaliser.h"
#include "core/text/vocabulary.h"

namespace rest::text {

/// What a checkpoint's file says of a WordPiece tokeniser.
struct WordPieceFile {
    std::filesystem::path file;
    std::vector<TokenId> tokens;
    std::vector<AddedToken> added;
    BertNormaliserSettings normaliser;
    std::string unknown = "[UNK]";
    std::string continuation = "##";  // begins a piece that is not a word's first
    int64_t longest_word = 100;       // code points; a longer word is unknown
};

/// One token a line; ids are line numbers from 0. Throws Error naming file and line.
WordPieceFile read_vocab_txt(const std::filesystem::path& file);
/// A tokenizer.json with a WordPiece model. Throws Error naming the file.
WordPieceFile read_wordpiece_json(const std::filesystem::path& file);

}  // namespace rest::text
