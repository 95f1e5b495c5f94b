// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <atomic>
#include <thread>

#include "core/text/bert_normaliser.h"
#include "core/text/wordpiece.h"
#include "tests/support/test_program.h"
#include "tests/text/text_files.h"

using namespace rest;
using namespace rest::text;
using namespace rest::test;
using Ids = std::vector<int64_t>;

namespace {

//                                  0      1      2      3      4  5    6    7      8  9 10  11     12
constexpr std::string_view kTiny = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nman\nrun\n##ning\n.\n!\nü\n##ing\n我\n";

}  // namespace

class TestWordPiece : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::filesystem::path folder_;

    WordPiece tiny() {
        write_text(folder_ / "vocab.txt", kTiny);
        return WordPiece::load(folder_);
    }

  private Q_SLOTS:
    void initTestCase() { folder_ = dir_.path().toStdString(); }
    void cleanup() {
        std::filesystem::remove(folder_ / "vocab.txt");
        std::filesystem::remove(folder_ / "tokenizer.json");
    }

    void encodesWithTheLongestPieces() {
        const auto bert = tiny();
        QCOMPARE(bert.encode("A man RUNNING."), (Ids{2, 4, 5, 6, 7, 8, 3}));
        QCOMPARE(bert.encode_plain("a maning"), (Ids{4, 5, 11}));
        QCOMPARE(bert.encode_plain("a manx"), (Ids{4, 1}));
        QCOMPARE(bert.encode_plain("我我a"), (Ids{12, 12, 4}));
    }

    void categoriesAreThoseOfUnicode8() {
        QCOMPARE(bert_normalised("a\u0301 \u00ad b", {}), std::string("a  b"));
        QCOMPARE(bert_normalised("a\u08d4", {}), std::string("a\u08d4"));  // a mark since Unicode 9
        QCOMPARE(bert_words("a\u2014b").size(), size_t{3});
        QCOMPARE(bert_words("a\u2e5db").size(), size_t{1});  // a dash since Unicode 14
    }

    void blipTokensFollowTheVocabulary() {
        const auto bert = tiny();
        QCOMPARE(bert.size(), int64_t{15});
        QCOMPARE(bert.bos(), int64_t{13});
        QCOMPARE(bert.encode_plain("[DEC][ENC] a"), (Ids{13, 14, 4}));
        QCOMPARE(bert.pad(), int64_t{0});
        QCOMPARE(bert.cls(), int64_t{2});
        QCOMPARE(bert.sep(), int64_t{3});
    }

    void blipTokensOfTheVocabularyStay() {
        write_text(folder_ / "vocab.txt", "[DEC]\n[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n");
        const auto bert = WordPiece::load(folder_);
        QCOMPARE(bert.bos(), int64_t{0});
        QCOMPARE(bert.size(), int64_t{7});
        QCOMPARE(bert.encode_plain("[ENC]"), Ids{6});
    }

    void hostileTokenizerJsonIsRefused_data() {
        QTest::addColumn<QString>("added");
        QTest::addColumn<QString>("model");
        QTest::newRow("id beyond 64 bits") << R"({"id": 1e300, "content": "x"})"
                                           << "";
        QTest::newRow("id negative") << R"({"id": -1, "content": "x"})"
                                     << "";
        QTest::newRow("id beyond the vocabulary") << R"({"id": 7000000, "content": "x"})"
                                                  << "";
        QTest::newRow("id a text") << R"({"id": "5", "content": "x"})"
                                   << "";
        QTest::newRow("no id") << R"({"content": "x"})"
                               << "";
        QTest::newRow("longest word beyond 64 bits") << ""
                                                     << R"("max_input_chars_per_word": 1e300,)";
        QTest::newRow("longest word of a gigabyte") << ""
                                                    << R"("max_input_chars_per_word": 1073741824,)";
        QTest::newRow("brackets") << QString(500'000, '[') << "";
        QTest::newRow("brackets closed") << QString(500'000, '[') + QString(500'000, ']') << "";
        QTest::newRow("brackets as an id")
            << R"({"content": "x", "id": )" + QString(90'000, '[') + QString(90'000, ']') + "}"
            << "";
    }
    void hostileTokenizerJsonIsRefused() {
        QFETCH(QString, added);
        QFETCH(QString, model);
        const QString json = R"({"added_tokens": [)" + added + R"(], "model": {)" + model +
                             R"("vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "a": 4}}})";
        write_text(folder_ / "tokenizer.json", json.toStdString());
        QVERIFY(names(error_of([&] { WordPiece::load(folder_); }), "tokenizer.json"));
    }

    void specialTokensAreSpelledExactly() {
        const auto bert = tiny();
        QCOMPARE(bert.encode_plain("a[SEP]man"), (Ids{4, 3, 5}));
        QCOMPARE(bert.encode_plain("[sep]"), (Ids{1, 1, 1}));
    }

    void cutsAndKeepsTheEnd() {
        const auto bert = tiny();
        QCOMPARE(bert.encode("a man a man", 4), (Ids{2, 4, 5, 3}));
        QCOMPARE(bert.encode("a running", 4), (Ids{2, 4, 6, 3}));
        QCOMPARE(bert.encode("[SEP] [SEP] [SEP]", 3), (Ids{2, 3, 3}));
        QCOMPARE(bert.encode("a", 2), (Ids{2, 3}));
        QVERIFY(names(error_of([&] { bert.encode("a", 1); }), "1"));
    }

    void decodesPiecesAndPunctuation() {
        const auto bert = tiny();
        QCOMPARE(bert.decode(Ids{13, 4, 5, 6, 7, 8, 9, 3, 0}), std::string("a man running.!"));
        QCOMPARE(bert.decode(Ids{7, 6}), std::string("##ning run"));
        QCOMPARE(bert.decode(Ids{}), std::string());
        QCOMPARE(bert.decode(Ids{-1, 4, 15, int64_t{1} << 40}), std::string("a"));
    }

    void strangeTextIsHarmless() {
        const auto bert = tiny();
        QCOMPARE(bert.encode(""), (Ids{2, 3}));
        QCOMPARE(bert.encode(" \t\n"), (Ids{2, 3}));
        QCOMPARE(bert.encode_plain("\xFF\xFE a \xC3"), Ids{4});
        QCOMPARE(bert.encode_plain("m\xFF"
                                   "an"),
                 Ids{5});
        QCOMPARE(bert.encode_plain("\xF0\x9F\x98"), Ids{});
        QCOMPARE(bert.encode_plain(std::string_view("a\0man", 5)), Ids{1});
        QCOMPARE(bert.encode_plain(std::string(1 << 20, 'a')), Ids{1});
        QCOMPARE(bert.encode(std::string(100, 'a') + " a"), (Ids{2, 1, 4, 3}));
        for (int byte = 0; byte < 256; ++byte) {
            const std::string text{static_cast<char>(byte), 'a', static_cast<char>(byte)};
            QVERIFY(bert.encode(text).size() >= 2);
        }
    }

    void anyThreadMayUseIt() {
        const auto bert = tiny();
        std::vector<std::thread> threads;
        std::atomic<int> wrong{0};
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 1000; ++i) wrong += bert.encode_plain("a man running") != Ids{4, 5, 6, 7};
            });
        }
        for (auto& thread : threads) thread.join();
        QCOMPARE(wrong.load(), 0);
    }

    void linesMayEndAsOnWindows() {
        write_text(folder_ / "vocab.txt", "\xEF\xBB\xBF[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\na\r\n\r\n");
        const auto bert = WordPiece::load(folder_);
        QCOMPARE(bert.size(), int64_t{7});
        QCOMPARE(bert.encode_plain("a"), Ids{4});
    }

    void damagedVocabulariesAreNamed_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("named");
        QTest::newRow("empty") << ""
                               << "empty";
        QTest::newRow("no [UNK]") << "[PAD]\n[CLS]\n[SEP]\na\n"
                                  << "[UNK]";
        QTest::newRow("no [CLS]") << "[PAD]\n[UNK]\n[SEP]\na\n"
                                  << "[CLS]";
        QTest::newRow("no [SEP]") << "[PAD]\n[UNK]\n[CLS]\na\n"
                                  << "[SEP]";
        QTest::newRow("no [PAD]") << "[UNK]\n[CLS]\n[SEP]\na\n"
                                  << "[PAD]";
        QTest::newRow("double") << "[PAD]\n[UNK]\n[CLS]\n[SEP]\nman\nman\n"
                                << "\"man\"";
        QTest::newRow("gap") << "[PAD]\n[UNK]\n\n[CLS]\n[SEP]\n"
                             << "line 3";
    }

    void damagedVocabulariesAreNamed() {
        QFETCH(QString, content);
        QFETCH(QString, named);
        write_text(folder_ / "vocab.txt", content.toStdString());
        const auto message = error_of([&] { WordPiece::load(folder_); });
        QVERIFY2(names(message, "vocab.txt") && names(message, named.toStdString()), message.c_str());
    }

    void bytesThatAreNoTextAreNamed() {
        write_text(folder_ / "vocab.txt", "[PAD]\n[UNK]\n\xFF\n");
        QVERIFY(names(error_of([&] { WordPiece::load(folder_); }), "line 3"));
    }

    void aMissingFileIsNamed() {
        QVERIFY(names(error_of([&] { WordPiece::load(folder_ / "nothing"); }), "nothing"));
        QVERIFY(names(error_of([&] { WordPiece::from_vocabulary(folder_ / "none.txt"); }), "none.txt"));
    }

    void tokenizerJsonSettingsCount() {
        write_text(folder_ / "tokenizer.json", R"({
            "added_tokens": [{"id": 6, "content": "[DEC]", "special": true, "normalized": false},
                             {"id": 7, "content": "[BIG]", "special": false, "normalized": true}],
            "normalizer": {"type": "BertNormalizer", "lowercase": false, "strip_accents": null},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "max_input_chars_per_word": 3,
                      "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "A": 4, "é": 5}}})");
        const auto bert = WordPiece::load(folder_);
        QCOMPARE(bert.size(), int64_t{9});
        QCOMPARE(bert.bos(), int64_t{6});
        QCOMPARE(bert.encode_plain("A a é AAAA [BIG][ENC]"), (Ids{4, 1, 5, 1, 7, 8}));
        QCOMPARE(bert.decode(Ids{4, 6, 7}), std::string("A [BIG]"));
    }

    void damagedTokenizerJsonIsNamed_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("named");
        const QString vocab = R"("[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3)";
        const auto file = [](const QString& entries, const QString& added = "[]", const QString& more = "") {
            return R"({"added_tokens": )" + added + more + R"(, "model": {"type": "WordPiece", "vocab": {)" + entries +
                   "}}}";
        };
        QTest::newRow("no JSON") << "{\"model\": {\"vo"
                                 << "JSON";
        QTest::newRow("a list") << "[1, 2]"
                                << "tokenizer.json";
        QTest::newRow("no model") << "{}"
                                  << "model";
        QTest::newRow("out of range") << file(vocab + R"(, "a": 9)") << "9";
        QTest::newRow("huge id") << file(vocab + R"(, "a": 18446744073709551615)") << "\"a\"";
        QTest::newRow("negative") << file(vocab + R"(, "a": -1)") << "-1";
        QTest::newRow("double id") << file(vocab + R"(, "a": 3)") << "\"a\"";
        QTest::newRow("id is text") << file(vocab + R"(, "a": "4")") << "\"a\"";
        QTest::newRow("two ids") << file(vocab, R"([{"id": 9, "content": "[PAD]"}])") << "[PAD]";
        QTest::newRow("no content") << file(vocab, R"([{"id": 9}])") << "content";
        QTest::newRow("no [SEP]") << file(R"("[PAD]": 0, "[UNK]": 1, "[CLS]": 2)") << "[SEP]";
        QTest::newRow("other model") << R"({"model": {"type": "Unigram", "vocab": {}}})"
                                     << "Unigram";
        QTest::newRow("other normaliser") << file(vocab, "[]", R"(, "normalizer": {"type": "NFKC"})") << "NFKC";
    }

    void damagedTokenizerJsonIsNamed() {
        QFETCH(QString, content);
        QFETCH(QString, named);
        write_text(folder_ / "tokenizer.json", content.toStdString());
        const auto message = error_of([&] { WordPiece::load(folder_); });
        QVERIFY2(names(message, "tokenizer.json") && names(message, named.toStdString()), message.c_str());
    }
};

REST_TEST(TestWordPiece)
#include "test_wordpiece.moc"
