// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/base/error.h"
#include "core/text/clip_bpe.h"
#include "core/text/wordpiece.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::text;

namespace {

constexpr int kBertLength = 40;
constexpr int kClipLength = 77;

struct Case {
    std::string text;
    std::vector<int64_t> bert_ids;
    std::string bert_decoded;
    std::vector<int64_t> clip_ids;
};

std::vector<Case> read_cases(const std::filesystem::path& file) {
    std::vector<Case> cases;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const auto json = nlohmann::json::parse(line);
        cases.push_back({json.at("text"), json.at("bert_ids"), json.at("bert_decoded"), json.at("clip_ids")});
    }
    return cases;
}

int64_t count_lines(const std::filesystem::path& file) {
    std::ifstream in(file);
    return std::count(std::istreambuf_iterator<char>(in), {}, '\n');
}

std::string shown(const std::vector<int64_t>& ids) {
    return nlohmann::json(ids).dump();
}

// A tokenizer.json as Hugging Face writes it for BLIP, with the vocabulary of a vocab.txt.
nlohmann::json blip_tokenizer_json(const std::filesystem::path& vocab_txt) {
    nlohmann::json vocabulary = nlohmann::json::object();
    std::ifstream in(vocab_txt);
    for (std::string line; std::getline(in, line);) vocabulary[line] = vocabulary.size();
    auto added = nlohmann::json::array();
    const auto add = [&](const std::string& token, size_t id) {
        added.push_back({{"id", id}, {"content", token}, {"special", true}, {"normalized", false}});
    };
    for (const char* token : {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) add(token, vocabulary.at(token));
    add("[DEC]", vocabulary.size());
    add("[ENC]", vocabulary.size() + 1);
    return {{"added_tokens", added},
            {"normalizer",
             {{"type", "BertNormalizer"},
              {"clean_text", true},
              {"handle_chinese_chars", true},
              {"strip_accents", nullptr},
              {"lowercase", true}}},
            {"model",
             {{"type", "WordPiece"},
              {"unk_token", "[UNK]"},
              {"continuing_subword_prefix", "##"},
              {"max_input_chars_per_word", 100},
              {"vocab", vocabulary}}}};
}

void compare_bert(const WordPiece& bert, const std::vector<Case>& cases) {
    for (const auto& wanted : cases) {
        QCOMPARE(shown(bert.encode(wanted.text, kBertLength)), shown(wanted.bert_ids));
        QCOMPARE(bert.decode(wanted.bert_ids), wanted.bert_decoded);
    }
}

void compare_clip(const ClipBpe& clip, const std::vector<Case>& cases) {
    for (const auto& wanted : cases) QCOMPARE(shown(clip.encode(wanted.text, kClipLength)), shown(wanted.clip_ids));
}

}  // namespace

class TestTextGolden : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bertFromVocabulary() {
        REST_REFERENCE_OR_SKIP(golden, "golden/text");
        REST_REFERENCE_OR_SKIP(vocab, "vocab");
        const auto cases = read_cases(golden / "cases.jsonl");
        QVERIFY(!cases.empty());
        const auto bert = WordPiece::from_vocabulary(vocab / "bert-base-uncased-vocab.txt");
        const int64_t lines = count_lines(vocab / "bert-base-uncased-vocab.txt");
        QCOMPARE(bert.bos(), lines);
        QCOMPARE(bert.size(), lines + 2);
        compare_bert(bert, cases);
    }

    void bertFromTokenizerJson() {
        REST_REFERENCE_OR_SKIP(golden, "golden/text");
        REST_REFERENCE_OR_SKIP(vocab, "vocab");
        const auto cases = read_cases(golden / "cases.jsonl");
        QVERIFY(!cases.empty());
        QTemporaryDir dir;
        const auto file = std::filesystem::path(dir.path().toStdString()) / "tokenizer.json";
        std::ofstream(file) << blip_tokenizer_json(vocab / "bert-base-uncased-vocab.txt").dump();
        const auto bert = WordPiece::load(file.parent_path());
        QCOMPARE(bert.bos(), count_lines(vocab / "bert-base-uncased-vocab.txt"));
        compare_bert(bert, cases);
    }

    void clipFromVocabularyAndMerges() {
        REST_REFERENCE_OR_SKIP(golden, "golden/text");
        REST_REFERENCE_OR_SKIP(vocab, "vocab");
        const auto cases = read_cases(golden / "cases.jsonl");
        QVERIFY(!cases.empty());
        const auto clip = ClipBpe::from_files(vocab / "clip-vocab.json", vocab / "clip-merges.txt");
        const auto tokens = test::read_json(vocab / "clip-vocab.json");
        QCOMPARE(clip.size(), static_cast<int64_t>(tokens.size()));
        QCOMPARE(clip.start(), tokens.at("<|startoftext|>").get<int64_t>());
        QCOMPARE(clip.end(), tokens.at("<|endoftext|>").get<int64_t>());
        compare_clip(clip, cases);
        compare_clip(clip, cases);  // now from the word cache
    }

    void clipFromTokenizerJson() {
        REST_REFERENCE_OR_SKIP(golden, "golden/text");
        REST_REFERENCE_OR_SKIP(vocab, "vocab");
        const auto cases = read_cases(golden / "cases.jsonl");
        QVERIFY(!cases.empty());
        compare_clip(ClipBpe::from_tokenizer_json(vocab / "clip-tokenizer.json"), cases);
    }

    void clipDecodesOrdinaryText() {
        REST_REFERENCE_OR_SKIP(vocab, "vocab");
        const auto clip = ClipBpe::from_files(vocab / "clip-vocab.json", vocab / "clip-merges.txt");
        const std::vector<std::pair<std::string, std::string>> texts = {
            {"a man riding a wave on top of a surfboard", "a man riding a wave on top of a surfboard"},
            {"  A  Video of\tSomeone ABSEILING ", "a video of someone abseiling"},
            {"Supercalifragilisticexpialidocious", "supercalifragilisticexpialidocious"},
            {"Cafe\u0301 Zürich 我在打篮球 😀", "café zürich 我在打篮球 😀"},
            {"hello, world!", "hello , world !"},
            {"", ""},
        };
        for (const auto& [text, wanted] : texts) QCOMPARE(clip.decode(clip.encode(text)), wanted);
    }

    void truncatedFilesAreRefused() {
        REST_REFERENCE_OR_SKIP(vocab, "vocab");
        QTemporaryDir dir;
        const auto merges = std::filesystem::path(dir.path().toStdString()) / "merges.txt";
        std::ifstream in(vocab / "clip-merges.txt");
        const std::string whole((std::istreambuf_iterator<char>(in)), {});
        const size_t line_end = whole.find('\n', whole.size() / 2);
        for (const size_t size : {line_end, line_end - 1, size_t{0}}) {
            std::ofstream(merges) << whole.substr(0, size);
            try {
                ClipBpe::from_files(vocab / "clip-vocab.json", merges);
                QFAIL("must throw");
            } catch (const Error& e) {
                QVERIFY2(std::string(e.what()).find(merges.string()) != std::string::npos, e.what());
            }
        }
    }
};

REST_TEST(TestTextGolden)
#include "test_text_golden.moc"
