// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/text/added_tokens.h"
#include "core/text/bpe_merges.h"
#include "core/text/vocabulary.h"

namespace rest::text {

/// What a checkpoint's files say of CLIP's tokeniser.
struct ClipFiles {
    std::filesystem::path vocabulary_file;
    std::filesystem::path merges_file;  // the same for a tokenizer.json
    std::vector<TokenId> tokens;
    std::vector<std::pair<std::string, std::string>> merges;
    std::vector<AddedToken> added;
};

/// Throws Error naming file and line.
ClipFiles read_clip_files(const std::filesystem::path& vocab_json, const std::filesystem::path& merges_txt);
/// A tokenizer.json with CLIP's BPE model. Throws Error naming the file.
ClipFiles read_clip_json(const std::filesystem::path& tokenizer_json);

/// The merges by id. Throws Error naming the file when a merge names or makes an unknown token or comes twice, or when
/// a token is made by none: the merges are cut short.
BpeMerges link_merges(const ClipFiles& files, const Vocabulary& vocabulary);

}  // namespace rest::text
