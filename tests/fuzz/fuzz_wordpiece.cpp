// SPDX-License-Identifier: GPL-3.0-or-later
// BERT's WordPiece: a vocab.txt or tokenizer.json, and a text that is encoded with it. The input is the file, 0x1f, and
// the text; if the file is empty, a fixed vocabulary is used.
#include "core/text/unicode.h"
#include "core/text/wordpiece.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {
namespace {

constexpr int kMostIds = 40;

constexpr std::string_view kVocabulary =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\nthe\nman\nrid\n##ing\n##e\n##s\n##n\n.\n,\n'"
    "\ns\n\xc3\xa9\n\xe4\xb8\xad\n";

void check(const text::WordPiece& tokenizer, std::string_view text) {
    const auto ids = tokenizer.encode(text, kMostIds);
    promise(ids.size() >= 2 && ids.size() <= kMostIds, "no more ids than asked for");
    promise(ids.front() == tokenizer.cls() && ids.back() == tokenizer.sep(), "special tokens stand around a text");
    for (const int64_t id : ids) promise(id >= 0 && id < tokenizer.size(), "ids are in the vocabulary");
    promise(text::unicode::is_valid(tokenizer.decode(ids)), "decoded text is UTF-8");
    tokenizer.decode(std::vector<int64_t>{-1, tokenizer.size(), 1});
}

text::WordPiece read_tokenizer(Scratch& scratch, std::string_view file) {
    if (file.starts_with('{')) return text::WordPiece::from_tokenizer_json(scratch.put("tokenizer.json", file));
    return text::WordPiece::from_vocabulary(scratch.put("vocab.txt", file));
}

}  // namespace

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    static const text::WordPiece fixed = read_tokenizer(scratch, kVocabulary);
    const auto parts = parts_of(bytes, 2);
    if (parts[0].empty()) {
        check(fixed, parts[1]);
        return Outcome::read;
    }
    return outcome_of([&] { check(read_tokenizer(scratch, parts[0]), parts[1]); },
                      parts[0].starts_with('{') ? "tokenizer.json" : "vocab.txt");
}

}  // namespace rest::fuzz
