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

/// The tokeniser files of a CLIP checkpoint.
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

/// The merges by id. Throws Error naming the file if a merge names or creates an unknown token or is repeated, or if no
/// merge creates a token: the merges are truncated.
BpeMerges link_merges(const ClipFiles& files, const Vocabulary& vocabulary);

}  // namespace rest::text
