// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/clip_bpe.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/text/byte_symbols.h"
#include "core/text/clip_files.h"
#include "core/text/clip_words.h"
#include "core/text/unicode.h"
#include "core/text/word_cache.h"

namespace rest::text {

struct ClipBpe::Impl {
    explicit Impl(ClipFiles files);

    void append_text(std::string_view text, size_t limit, std::vector<int64_t>& ids) const;
    void append_words(std::string_view normalised, size_t limit, std::vector<int64_t>& ids) const;
    void append_word(std::string_view word, std::vector<int64_t>& ids) const;
    void read_decoded(const std::filesystem::path& file, const std::vector<AddedToken>& added);

    Vocabulary vocabulary;
    BpeMerges merges;
    int64_t start, end;
    std::array<int64_t, 256> inner{};  // by byte: its symbol inside a word
    std::array<int64_t, 256> last{};   // and at a word's end
    std::vector<std::string> decoded;  // by id: its bytes, with a space for "</w>"; empty for special tokens
    AddedTokenMatcher in_text, in_normalised;
    mutable WordCache cache;
};

ClipBpe::Impl::Impl(ClipFiles files)
    : vocabulary(files.vocabulary_file, std::move(files.tokens)),
      merges(link_merges(files, vocabulary)),
      start(vocabulary.require(kStartOfText)),
      end(vocabulary.require(kEndOfText)) {
    for (size_t byte = 0; byte < 256; ++byte) {
        inner[byte] = vocabulary.require(byte_symbols()[byte]);
        last[byte] = vocabulary.require(byte_symbols()[byte] + std::string(kEndOfWord));
    }
    read_decoded(files.vocabulary_file, files.added);
    std::vector<AddedToken> plain, normalised;
    for (auto& token : files.added) {
        if (token.normalised) token.content = clip_normalised(token.content);
        (token.normalised ? normalised : plain).push_back(std::move(token));
    }
    in_text = AddedTokenMatcher(std::move(plain));
    in_normalised = AddedTokenMatcher(std::move(normalised));
}

void ClipBpe::Impl::read_decoded(const std::filesystem::path& file, const std::vector<AddedToken>& added) {
    decoded.resize(static_cast<size_t>(vocabulary.size()));
    std::vector<bool> is_added(decoded.size());
    for (const auto& token : added) {
        is_added[static_cast<size_t>(token.id)] = true;
        if (!token.special) decoded[static_cast<size_t>(token.id)] = token.content;
    }
    for (const int64_t id : {start, end}) is_added[static_cast<size_t>(id)] = true;
    for (size_t id = 0; id < decoded.size(); ++id) {
        if (is_added[id]) continue;
        std::string_view token = vocabulary.token(static_cast<int64_t>(id));
        const bool ends_word = token.size() > kEndOfWord.size() && token.ends_with(kEndOfWord);
        if (ends_word) token.remove_suffix(kEndOfWord.size());
        auto bytes = bytes_of_symbols(token);
        if (!bytes) throw_damaged(file, "token \"" + std::string(token) + "\" is not made of byte symbols");
        decoded[id] = std::move(*bytes) + (ends_word ? " " : "");
    }
}

void ClipBpe::Impl::append_text(std::string_view text, size_t limit, std::vector<int64_t>& ids) const {
    const auto append_id = [&](int64_t id) { ids.push_back(id); };
    const auto append_plain = [&](std::string_view part) { append_words(part, limit, ids); };
    in_text.split(
        text,
        [&](std::string_view part) {
            if (ids.size() < limit) in_normalised.split(clip_normalised(part), append_plain, append_id);
        },
        append_id);
}

void ClipBpe::Impl::append_words(std::string_view normalised, size_t limit, std::vector<int64_t>& ids) const {
    for (const auto word : clip_words(normalised)) {
        if (ids.size() >= limit) return;
        append_word(word, ids);
    }
}

void ClipBpe::Impl::append_word(std::string_view word, std::vector<int64_t>& ids) const {
    if (cache.append(word, ids)) return;
    std::vector<int64_t> symbols;
    symbols.reserve(word.size());
    for (const char c : word) symbols.push_back(inner[static_cast<unsigned char>(c)]);
    symbols.back() = last[static_cast<unsigned char>(word.back())];
    merges.apply(symbols);
    ids.insert(ids.end(), symbols.begin(), symbols.end());
    cache.insert(word, std::move(symbols));
}

ClipBpe ClipBpe::load(const std::filesystem::path& folder) {
    const auto vocabulary = folder / "vocab.json", merges = folder / "merges.txt", json = folder / "tokenizer.json";
    const bool both = std::filesystem::exists(vocabulary) && std::filesystem::exists(merges);
    if (both) return from_files(vocabulary, merges);
    if (std::filesystem::exists(json)) return from_tokenizer_json(json);
    throw Error(ErrorCode::not_found, folder.string() + ": holds neither vocab.json with merges.txt nor tokenizer.json",
                "Put these files of the CLIP checkpoint into this folder");
}

ClipBpe ClipBpe::from_files(const std::filesystem::path& vocab_json, const std::filesystem::path& merges_txt) {
    return ClipBpe(std::make_unique<const Impl>(read_clip_files(vocab_json, merges_txt)));
}

ClipBpe ClipBpe::from_tokenizer_json(const std::filesystem::path& tokenizer_json) {
    return ClipBpe(std::make_unique<const Impl>(read_clip_json(tokenizer_json)));
}

ClipBpe::ClipBpe(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
ClipBpe::ClipBpe(ClipBpe&&) noexcept = default;
ClipBpe& ClipBpe::operator=(ClipBpe&&) noexcept = default;
ClipBpe::~ClipBpe() = default;

std::vector<int64_t> ClipBpe::encode(std::string_view text, int max_length) const {
    if (max_length < 2) {
        throw Error(ErrorCode::invalid_argument, "max_length is " + std::to_string(max_length),
                    "Leave room for the start and end tokens: at least 2");
    }
    const size_t limit = static_cast<size_t>(max_length) - 1;
    std::vector<int64_t> ids{impl_->start};
    impl_->append_text(text, limit, ids);
    ids.resize(std::min(ids.size(), limit));
    ids.push_back(impl_->end);
    return ids;
}

std::string ClipBpe::decode(std::span<const int64_t> ids) const {
    std::string bytes;
    for (const int64_t id : ids) {
        if (impl_->vocabulary.contains(id)) bytes += impl_->decoded[static_cast<size_t>(id)];
    }
    return unicode::repaired(trimmed(bytes));
}

int64_t ClipBpe::size() const {
    return impl_->vocabulary.size();
}
int64_t ClipBpe::start() const {
    return impl_->start;
}
int64_t ClipBpe::end() const {
    return impl_->end;
}

}  // namespace rest::text
