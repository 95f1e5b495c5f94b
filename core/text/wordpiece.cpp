// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/wordpiece.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/error.h"
#include "core/text/unicode.h"
#include "core/text/wordpiece_files.h"

namespace rest::text {
namespace {

constexpr std::string_view kPad = "[PAD]", kClassify = "[CLS]", kSeparator = "[SEP]";
constexpr std::string_view kDecode = "[DEC]", kEncode = "[ENC]", kMask = "[MASK]";

// BLIP appends these two to BERT's vocabulary.
std::vector<TokenId> with_blip_tokens(std::vector<TokenId> tokens) {
    for (const auto name : {kDecode, kEncode}) {
        const bool there = std::any_of(tokens.begin(), tokens.end(), [&](const TokenId& t) { return t.token == name; });
        if (!there) tokens.push_back({std::string(name), static_cast<int64_t>(tokens.size())});
    }
    return tokens;
}

// BERT's special tokens count as added ones even if the file (a vocab.txt) does not list them as such.
void add_special_tokens(std::vector<AddedToken>& added, const Vocabulary& vocabulary, const std::string& unknown) {
    for (const auto name : {std::string_view(unknown), kPad, kClassify, kSeparator, kMask, kDecode, kEncode}) {
        const bool there =
            std::any_of(added.begin(), added.end(), [&](const AddedToken& t) { return t.content == name; });
        const auto id = vocabulary.find(name);
        if (id && !there) added.push_back({.content = std::string(name), .id = *id});
    }
}

// Hugging Face's decoder attaches these to the previous word.
bool closes_up(std::string_view token) {
    static constexpr std::array<std::string_view, 9> kTails = {".", "?", "!", ",", "n't", "'m", "'s", "'ve", "'re"};
    return std::any_of(kTails.begin(), kTails.end(), [&](std::string_view tail) { return token.starts_with(tail); });
}

size_t count_code_points(std::string_view text) {
    return static_cast<size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

struct WordPiece::Impl {
    explicit Impl(WordPieceFile source);

    void append_text(std::string_view text, size_t limit, std::vector<int64_t>& ids) const;
    void append_words(std::string_view normalised, size_t limit, std::vector<int64_t>& ids) const;
    void append_word(std::string_view word, std::vector<int64_t>& ids) const;
    const TokenMap<int64_t>::value_type* longest_piece(std::string_view remaining, bool first) const;

    Vocabulary vocabulary;
    BertNormaliserSettings normaliser;
    std::string continuation;
    size_t longest_word;
    int64_t pad, cls, sep, dec, unknown;
    std::vector<bool> special;       // by id
    TokenMap<int64_t> first_pieces;  // tokens unchanged: they begin a word
    TokenMap<int64_t> next_pieces;   // tokens that continue a word, without "##"
    size_t longest_piece_bytes = 0;
    AddedTokenMatcher in_text, in_normalised;
};

WordPiece::Impl::Impl(WordPieceFile source)
    : vocabulary(source.file, with_blip_tokens(std::move(source.tokens))),
      normaliser(source.normaliser),
      continuation(source.continuation),
      longest_word(static_cast<size_t>(std::max<int64_t>(source.longest_word, 0))),
      pad(vocabulary.require(kPad)),
      cls(vocabulary.require(kClassify)),
      sep(vocabulary.require(kSeparator)),
      dec(vocabulary.require(kDecode)),
      unknown(vocabulary.require(source.unknown)),
      special(static_cast<size_t>(vocabulary.size())) {
    add_special_tokens(source.added, vocabulary, source.unknown);
    std::vector<AddedToken> plain, normalised;
    for (auto& token : source.added) {
        special[static_cast<size_t>(token.id)] = token.special;
        if (token.normalised) token.content = bert_normalised(token.content, normaliser);
        (token.normalised ? normalised : plain).push_back(token);
    }
    in_text = AddedTokenMatcher(std::move(plain));
    in_normalised = AddedTokenMatcher(std::move(normalised));
    for (int64_t id = 0; id < vocabulary.size(); ++id) {
        const std::string& token = vocabulary.token(id);
        first_pieces.emplace(token, id);
        longest_piece_bytes = std::max(longest_piece_bytes, token.size());
        if (token.starts_with(continuation)) next_pieces.emplace(token.substr(continuation.size()), id);
    }
}

void WordPiece::Impl::append_text(std::string_view text, size_t limit, std::vector<int64_t>& ids) const {
    const auto append_id = [&](int64_t id) { ids.push_back(id); };
    const auto append_plain = [&](std::string_view part) { append_words(part, limit, ids); };
    in_text.split(
        text,
        [&](std::string_view part) {
            if (ids.size() < limit) in_normalised.split(bert_normalised(part, normaliser), append_plain, append_id);
        },
        append_id);
}

void WordPiece::Impl::append_words(std::string_view normalised, size_t limit, std::vector<int64_t>& ids) const {
    for (const auto word : bert_words(normalised)) {
        if (ids.size() >= limit) return;
        append_word(word, ids);
    }
}

const TokenMap<int64_t>::value_type* WordPiece::Impl::longest_piece(std::string_view remaining, bool first) const {
    const auto& pieces = first ? first_pieces : next_pieces;
    const auto is_inside_character = [&](size_t position) {
        return position < remaining.size() && (static_cast<unsigned char>(remaining[position]) & 0xC0) == 0x80;
    };
    for (size_t length = std::min(remaining.size(), longest_piece_bytes); length > 0; --length) {
        if (is_inside_character(length)) continue;
        const auto found = pieces.find(remaining.substr(0, length));
        if (found != pieces.end()) return &*found;
    }
    return nullptr;
}

void WordPiece::Impl::append_word(std::string_view word, std::vector<int64_t>& ids) const {
    const size_t before = ids.size();
    const bool too_long = word.size() > longest_word && count_code_points(word) > longest_word;
    for (size_t position = 0; position < word.size();) {
        const auto* piece = too_long ? nullptr : longest_piece(word.substr(position), position == 0);
        if (!piece) {  // one unknown piece makes the whole word unknown
            ids.resize(before);
            ids.push_back(unknown);
            return;
        }
        ids.push_back(piece->second);
        position += piece->first.size();
    }
}

WordPiece WordPiece::load(const std::filesystem::path& folder) {
    if (std::filesystem::exists(folder / "vocab.txt")) return from_vocabulary(folder / "vocab.txt");
    if (std::filesystem::exists(folder / "tokenizer.json")) return from_tokenizer_json(folder / "tokenizer.json");
    throw Error(ErrorCode::not_found, folder.string() + ": holds neither vocab.txt nor tokenizer.json",
                "Put the vocab.txt of the BLIP checkpoint (bert-base-uncased's) into this folder");
}

WordPiece WordPiece::from_vocabulary(const std::filesystem::path& vocab_txt) {
    return WordPiece(std::make_unique<const Impl>(read_vocab_txt(vocab_txt)));
}

WordPiece WordPiece::from_tokenizer_json(const std::filesystem::path& tokenizer_json) {
    return WordPiece(std::make_unique<const Impl>(read_wordpiece_json(tokenizer_json)));
}

WordPiece::WordPiece(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
WordPiece::WordPiece(WordPiece&&) noexcept = default;
WordPiece& WordPiece::operator=(WordPiece&&) noexcept = default;
WordPiece::~WordPiece() = default;

std::vector<int64_t> WordPiece::encode(std::string_view text, int max_length) const {
    if (max_length < 2) {
        throw Error(ErrorCode::invalid_argument, "max_length is " + std::to_string(max_length),
                    "Leave room for [CLS] and [SEP]: at least 2");
    }
    const size_t limit = static_cast<size_t>(max_length) - 1;
    std::vector<int64_t> ids{impl_->cls};
    impl_->append_text(text, limit, ids);
    ids.resize(std::min(ids.size(), limit));
    ids.push_back(impl_->sep);
    return ids;
}

std::vector<int64_t> WordPiece::encode_plain(std::string_view text) const {
    std::vector<int64_t> ids;
    impl_->append_text(text, std::numeric_limits<size_t>::max(), ids);
    return ids;
}

std::string WordPiece::decode(std::span<const int64_t> ids) const {
    std::string out;
    bool first = true;
    for (const int64_t id : ids) {
        if (!impl_->vocabulary.contains(id) || impl_->special[static_cast<size_t>(id)]) continue;
        std::string_view token = impl_->vocabulary.token(id);
        if (!first && token.starts_with(impl_->continuation))
            token.remove_prefix(impl_->continuation.size());
        else if (!first && !closes_up(token))
            out += ' ';
        out += token;
        first = false;
    }
    return out;
}

int64_t WordPiece::size() const {
    return impl_->vocabulary.size();
}
int64_t WordPiece::pad() const {
    return impl_->pad;
}
int64_t WordPiece::cls() const {
    return impl_->cls;
}
int64_t WordPiece::sep() const {
    return impl_->sep;
}
int64_t WordPiece::bos() const {
    return impl_->dec;
}

}  // namespace rest::text
