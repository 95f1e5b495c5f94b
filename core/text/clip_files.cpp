// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/clip_files.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/text/byte_symbols.h"
#include "core/text/clip_words.h"
#include "core/text/largest_file.h"
#include "core/text/tokenizer_json.h"

namespace rest::text {
namespace {

using Merge = std::pair<std::string, std::string>;

// "left right"; empty if the line is not exactly two symbols.
std::optional<Merge> parse_merge(std::string_view line) {
    const size_t blank = line.find(' ');
    if (blank == 0 || blank == std::string_view::npos || blank + 1 == line.size()) return std::nullopt;
    if (line.find(' ', blank + 1) != std::string_view::npos) return std::nullopt;
    return Merge(line.substr(0, blank), line.substr(blank + 1));
}

std::vector<Merge> read_merges_txt(const std::filesystem::path& file) {
    std::vector<Merge> merges;
    auto lines = split_lines(read_file(file, kLargestTextFile));
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (size_t i = 0; i < lines.size(); ++i) {
        if (i == 0 && lines[i].starts_with("#version")) continue;
        auto merge = parse_merge(lines[i]);
        if (!merge) throw_damaged(file, "line " + std::to_string(i + 1) + " (\"" + lines[i] + "\") is not two symbols");
        merges.push_back(std::move(*merge));
    }
    return merges;
}

// Newer files write ["left", "right"], older ones "left right".
Merge merge_of_json(const nlohmann::json& entry, const std::filesystem::path& file) {
    if (entry.is_array() && entry.size() == 2) return {entry[0].get<std::string>(), entry[1].get<std::string>()};
    const auto merge = entry.is_string() ? parse_merge(entry.get_ref<const std::string&>()) : std::nullopt;
    if (!merge) throw_damaged(file, "the merge " + entry.dump() + " is not two symbols");
    return *merge;
}

// The published tokenizer matches the start token in the normalised text and the end token in the original text.
std::vector<AddedToken> published_added_tokens(const std::vector<TokenId>& tokens) {
    std::vector<AddedToken> added;
    for (const auto& [token, id] : tokens) {
        if (token != kStartOfText && token != kEndOfText) continue;
        added.push_back({.content = token, .id = id, .special = true, .normalised = token == kStartOfText});
    }
    return added;
}

bool is_byte_symbol(std::string_view token) {
    if (token.ends_with(kEndOfWord) && token.size() > kEndOfWord.size()) token.remove_suffix(kEndOfWord.size());
    const auto bytes = bytes_of_symbols(token);
    return bytes && bytes->size() == 1;
}

void check_all_made(const ClipFiles& files, const Vocabulary& vocabulary, std::vector<bool> made) {
    for (const auto& token : files.added) made[static_cast<size_t>(token.id)] = true;
    for (int64_t id = 0; id < vocabulary.size(); ++id) {
        if (made[static_cast<size_t>(id)] || is_byte_symbol(vocabulary.token(id))) continue;
        throw_damaged(files.merges_file, "no merge makes the token \"" + vocabulary.token(id) + "\" (id " +
                                             std::to_string(id) + "); the list of " +
                                             std::to_string(files.merges.size()) + " merges is cut short");
    }
}

}  // namespace

ClipFiles read_clip_files(const std::filesystem::path& vocab_json, const std::filesystem::path& merges_txt) {
    ClipFiles out;
    out.vocabulary_file = vocab_json;
    out.merges_file = merges_txt;
    out.tokens = read_token_ids(read_json_file(vocab_json), vocab_json);
    out.merges = read_merges_txt(merges_txt);
    out.added = published_added_tokens(out.tokens);
    return out;
}

ClipFiles read_clip_json(const std::filesystem::path& tokenizer_json) {
    TokenizerJson json = read_tokenizer_json(tokenizer_json, "BPE");
    ClipFiles out;
    out.vocabulary_file = out.merges_file = tokenizer_json;
    try {
        const auto suffix = json.model.value("end_of_word_suffix", nlohmann::json());
        if (suffix != kEndOfWord) {
            throw Error(ErrorCode::unsupported,
                        tokenizer_json.string() + ": end_of_word_suffix is " + suffix.dump() + ", CLIP's is \"</w>\"",
                        "Use the tokenizer.json that belongs to the CLIP checkpoint");
        }
        for (const auto& entry : json.model.at("merges")) out.merges.push_back(merge_of_json(entry, tokenizer_json));
    } catch (const nlohmann::json::exception& e) {
        throw_damaged(tokenizer_json, std::string("is not a tokenizer.json (") + e.what() + ")");
    }
    out.tokens = std::move(json.tokens);
    out.added = json.added.empty() ? published_added_tokens(out.tokens) : std::move(json.added);
    return out;
}

BpeMerges link_merges(const ClipFiles& files, const Vocabulary& vocabulary) {
    BpeMerges merges;
    std::vector<bool> made(static_cast<size_t>(vocabulary.size()));
    const auto id_of = [&](const std::string& token, size_t i) {
        const auto id = vocabulary.find(token);
        const auto& [left, right] = files.merges[i];
        if (!id) {
            throw_damaged(files.merges_file, "merge " + std::to_string(i + 1) + " (\"" + left + " " + right +
                                                 "\") needs the token \"" + token + "\", which " +
                                                 files.vocabulary_file.string() + " lacks");
        }
        return *id;
    };
    for (size_t i = 0; i < files.merges.size(); ++i) {
        const auto& [left, right] = files.merges[i];
        const int64_t merged = id_of(left + right, i);
        if (!merges.add(id_of(left, i), id_of(right, i), merged)) {
            throw_damaged(files.merges_file, "the merge \"" + left + " " + right + "\" comes twice");
        }
        made[static_cast<size_t>(merged)] = true;
    }
    check_all_made(files, vocabulary, std::move(made));
    return merges;
}

}  // namespace rest::text
