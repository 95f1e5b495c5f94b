// SPDX-License-Identifier: GPL-3.0-or-later
// CLIP's byte-pair encoding: its files, and a text that is encoded with them. The input is a vocabulary, 0x1f, a list
// of merges, 0x1f, and a text. A vocabulary that begins with '{' is a tokenizer.json if it contains "model", else a
// vocab.json; any other is a list of tokens to add to the 514 that every vocabulary has; if it is empty, the merges'
// tokens are added, so that consistent merges are accepted.
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/base/strings.h"
#include "core/text/byte_symbols.h"
#include "core/text/clip_bpe.h"
#include "core/text/unicode.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {
namespace {

constexpr int kMostIds = 77;

/// The bytes, and the bytes at a word's end, which every vocabulary has.
struct CommonTokens {
    std::set<std::string, std::less<>> tokens;
    std::string json;  // `"token":id,` one after the other

    CommonTokens() {
        for (const auto& symbol : text::byte_symbols()) add(symbol);
        for (const auto& symbol : text::byte_symbols()) add(symbol + std::string(text::kEndOfWord));
    }

  private:
    void add(const std::string& token) {
        json += nlohmann::json(token).dump() + ":" + std::to_string(tokens.size()) + ",";
        tokens.insert(token);
    }
};

/// A vocab.json of the common tokens, `more`, and the start and end tokens.
std::string vocabulary_with(std::vector<std::string> more) {
    static const CommonTokens common;
    more.insert(more.end(), {"<|startoftext|>", "<|endoftext|>"});
    std::set<std::string_view> added;
    std::string json = "{" + common.json;
    for (const auto& token : more) {
        if (!text::unicode::is_valid(token) || common.tokens.contains(token) || added.contains(token)) continue;
        json += nlohmann::json(token).dump() + ":" + std::to_string(common.tokens.size() + added.size()) + ",";
        added.insert(token);
    }
    json.back() = '}';
    return json;
}

std::vector<std::string> made_by(std::string_view merges) {
    std::vector<std::string> tokens;
    for (auto& line : split_lines(merges)) {
        const auto blank = line.find(' ');
        if (blank != std::string::npos && !line.starts_with('#')) tokens.push_back(line.erase(blank, 1));
    }
    return tokens;
}

void check(const text::ClipBpe& tokenizer, std::string_view text) {
    const auto ids = tokenizer.encode(text, kMostIds);
    promise(ids.size() >= 2 && ids.size() <= kMostIds, "no more ids than asked for");
    promise(ids.front() == tokenizer.start() && ids.back() == tokenizer.end(), "special tokens stand around a text");
    for (const int64_t id : ids) promise(id >= 0 && id < tokenizer.size(), "ids are in the vocabulary");
    promise(text::unicode::is_valid(tokenizer.decode(ids)), "decoded text is UTF-8");
}

text::ClipBpe read_tokenizer(Scratch& scratch, std::string_view vocabulary, std::string_view merges) {
    if (vocabulary.starts_with('{') && vocabulary.find("\"model\"") != std::string_view::npos) {
        return text::ClipBpe::from_tokenizer_json(scratch.put("clip.json", vocabulary));
    }
    const std::string made = vocabulary.starts_with('{') ? std::string(vocabulary)
                             : vocabulary.empty()        ? vocabulary_with(made_by(merges))
                                                         : vocabulary_with(split_lines(vocabulary));
    return text::ClipBpe::from_files(scratch.put("clip.vocab.json", made), scratch.put("clip.merges.txt", merges));
}

}  // namespace

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    static const text::ClipBpe fixed = read_tokenizer(scratch, "", "t h\nth e</w>\ni n\nin g</w>\n");
    const auto parts = parts_of(bytes, 3);
    if (parts[0].empty() && parts[1].empty()) {
        check(fixed, parts[2]);
        return Outcome::read;
    }
    // Reading costs as much as encoding a hundred texts: skipped if only the text differs from the last input.
    static std::optional<text::ClipBpe> last;
    static std::string files_of_last;
    std::string files = std::string(parts[0]) + '\x1f' + std::string(parts[1]);
    return outcome_of(
        [&] {
            if (!last || files != files_of_last) {
                last.reset();
                last = read_tokenizer(scratch, parts[0], parts[1]);
                files_of_last = std::move(files);
            }
            check(*last, parts[2]);
        },
        "clip.");
}

}  // namespace rest::fuzz
