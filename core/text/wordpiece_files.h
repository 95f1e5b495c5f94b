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

/// The contents of a WordPiece tokeniser file.
struct WordPieceFile {
    std::filesystem::path file;
    std::vector<TokenId> tokens;
    std::vector<AddedToken> added;
    BertNormaliserSettings normaliser;
    std::string unknown = "[UNK]";
    std::string continuation = "##";  // prefix of a piece that does not begin a word
    int64_t longest_word = 100;       // code points; a longer word is unknown
};

/// One token per line; ids are line numbers from 0. Throws Error naming file and line.
WordPieceFile read_vocab_txt(const std::filesystem::path& file);
/// A tokenizer.json with a WordPiece model. Throws Error naming the file.
WordPieceFile read_wordpiece_json(const std::filesystem::path& file);

}  // namespace rest::text
