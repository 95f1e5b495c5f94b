// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/wordpiece_files.h"

#include <optional>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/strings.h"
#include "core/text/largest_file.h"
#include "core/text/tokenizer_json.h"
#include "core/text/unicode.h"

namespace rest::text {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

BertNormaliserSettings read_normaliser(const nlohmann::json& section, const std::filesystem::path& file) {
    if (section.is_null())
        return {.clean_text = false, .handle_chinese_chars = false, .strip_accents = false, .lowercase = false};
    const std::string type = section.value("type", std::string());
    if (type != "BertNormalizer") {
        throw Error(ErrorCode::unsupported, file.string() + ": the normalizer \"" + type + "\" is not BERT's",
                    "Use the tokenizer.json of a BLIP checkpoint, or its vocab.txt");
    }
    BertNormaliserSettings settings;
    settings.clean_text = section.value("clean_text", settings.clean_text);
    settings.handle_chinese_chars = section.value("handle_chinese_chars", settings.handle_chinese_chars);
    settings.lowercase = section.value("lowercase", settings.lowercase);
    const auto strip = section.value("strip_accents", nlohmann::json());
    settings.strip_accents = strip.is_null() ? settings.lowercase : strip.get<bool>();
    return settings;
}

/// Empty if the file does not specify it.
std::optional<int64_t> read_longest_word(const nlohmann::json& model, const std::filesystem::path& file) {
    constexpr const char* kKey = "max_input_chars_per_word";
    constexpr int64_t kMost = 10'000;  // tokenising a word takes time quadratic in its length
    if (!model.contains(kKey)) return std::nullopt;
    const int64_t longest = integer_member(model, kKey, -1, 0, kMost);
    if (longest < 0) throw_damaged(file, std::string(kKey) + " is no number from 0 to " + std::to_string(kMost));
    return longest;
}

}  // namespace

WordPieceFile read_vocab_txt(const std::filesystem::path& file) {
    WordPieceFile out;
    out.file = file;
    const std::string content = read_file(file, kLargestTextFile);
    std::string_view text = content;
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    auto lines = split_lines(text);
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty()) throw_damaged(file, "line " + std::to_string(i + 1) + " is empty");
        if (!unicode::is_valid(lines[i])) throw_damaged(file, "line " + std::to_string(i + 1) + " is not UTF-8");
        out.tokens.push_back({std::move(lines[i]), static_cast<int64_t>(i)});
    }
    if (out.tokens.empty()) throw_damaged(file, "is empty");
    return out;
}

WordPieceFile read_wordpiece_json(const std::filesystem::path& file) {
    TokenizerJson json = read_tokenizer_json(file, "WordPiece");
    WordPieceFile out;
    out.file = file;
    try {
        out.unknown = json.model.value("unk_token", out.unknown);
        out.continuation = json.model.value("continuing_subword_prefix", out.continuation);
        out.longest_word = read_longest_word(json.model, file).value_or(out.longest_word);
        out.normaliser = read_normaliser(json.normaliser, file);
    } catch (const nlohmann::json::exception& e) {
        throw_damaged(file, std::string("is not a tokenizer.json (") + e.what() + ")");
    }
    out.tokens = std::move(json.tokens);
    out.added = std::move(json.added);
    return out;
}

}  // namespace rest::text
