// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/text/clip_bpe.h"
#include "core/text/clip_words.h"
#include "core/text/vocabulary_training.h"
#include "tests/support/test_program.h"
#include "tests/text/text_files.h"

using namespace rest;
using namespace rest::text;
using namespace rest::test;
using Ids = std::vector<int64_t>;

class TestClipBpe : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::filesystem::path folder_, broken_;
    nlohmann::json vocabulary_;
    std::string merges_;

    // The error of loading a folder with these files in place of the good ones.
    std::string load_error(const nlohmann::json& vocabulary, const std::string& merges) {
        write_text(broken_ / "vocab.json", vocabulary.dump());
        write_text(broken_ / "merges.txt", merges);
        return error_of([&] { ClipBpe::load(broken_); });
    }

    // The good files as one tokenizer.json, merges as lists or as strings.
    nlohmann::json tokenizer_json(bool as_lists) const {
        auto merges = nlohmann::json::array();
        std::istringstream lines(merges_);
        std::string left, right;
        std::getline(lines, left);
        while (lines >> left >> right) {
            if (as_lists)
                merges.push_back({left, right});
            else
                merges.push_back(left + " " + right);
        }
        return {
            {"added_tokens",
             {{{"id", vocabulary_.at("<|startoftext|>")}, {"content", "<|startoftext|>"}, {"normalized", true}},
              {{"id", vocabulary_.at("<|endoftext|>")}, {"content", "<|endoftext|>"}, {"normalized", false}}}},
            {"model", {{"type", "BPE"}, {"end_of_word_suffix", "</w>"}, {"vocab", vocabulary_}, {"merges", merges}}}};
    }

  private Q_SLOTS:
    void initTestCase() {
        folder_ = std::filesystem::path(dir_.path().toStdString()) / "good";
        broken_ = std::filesystem::path(dir_.path().toStdString()) / "broken";
        std::filesystem::create_directories(broken_);
        train_clip_bpe({"a man is rowing", "a man is running", "don't run", "a ball in 2023!!"}, folder_);
        vocabulary_ = nlohmann::json::parse(read_file(folder_ / "vocab.json"));
        merges_ = read_file(folder_ / "merges.txt");
    }
    void cleanup() {
        for (const auto& entry : std::filesystem::directory_iterator(broken_)) std::filesystem::remove(entry.path());
    }

    void wordsAreSplitAsClipDoes() {
        using Words = std::vector<std::string_view>;
        QCOMPARE(clip_words("don't they've 4x100m!"),
                 (Words{"don", "'t", "they", "'ve", "4", "x", "1", "0", "0", "m", "!"}));
        QCOMPARE(clip_words("rock'n'roll !'s"), (Words{"rock", "'", "n", "'", "roll", "!'", "s"}));
        QCOMPARE(clip_words("<|endoftext|>!"), (Words{"<|", "endoftext", "|>", "!"}));
        QCOMPARE(clip_words(" \t"), Words{});
    }

    void textIsNormalised() {
        QCOMPARE(clip_normalised("A\u00a0 B\r\nC"), std::string("a b c"));
        QCOMPARE(clip_normalised("CAFE\u0301"), std::string("caf\u00e9"));
        QCOMPARE(clip_normalised("\u0130"), std::string("i\u0307"));
        QCOMPARE(clip_normalised("\u03a3\u03a3"), std::string("\u03c3\u03c3"));
        QCOMPARE(clip_normalised("x\xFFy"), std::string("x\ufffdy"));
    }

    void specialTokensInTextAreRecognised() {
        const auto clip = ClipBpe::load(folder_);
        const int64_t start = clip.start(), end = clip.end();
        const Ids man = clip.encode("man");
        QCOMPARE(man.size(), size_t{3});
        QCOMPARE(clip.encode("man<|endoftext|>man"), (Ids{start, man[1], end, man[1], end}));
        // The start token is matched after lower-casing, the end token before: as in the published tokenizer.
        QCOMPARE(clip.encode("<|STARTOFTEXT|>"), (Ids{start, start, end}));
        const Ids shouted = clip.encode("<|ENDOFTEXT|>");
        QVERIFY(std::count(shouted.begin(), shouted.end(), end) == 1);
        QCOMPARE(clip.decode(shouted), std::string("<| endoftext |>"));
    }

    void cutsAndKeepsTheEnd() {
        const auto clip = ClipBpe::load(folder_);
        const Ids ids = clip.encode("a man is rowing", 4);
        QCOMPARE(ids.size(), size_t{4});
        QCOMPARE(ids.back(), clip.end());
        QCOMPARE(clip.decode(ids), std::string("a man"));
        QCOMPARE(clip.encode("man", 2), (Ids{clip.start(), clip.end()}));
        QVERIFY(names(error_of([&] { clip.encode("a", 0); }), "0"));
    }

    void decodesWhatItEncodes() {
        const auto clip = ClipBpe::load(folder_);
        for (const std::string text : {"a man is rowing", "unknown words too", "schön 我 😀", "2 0 2 3 !!", ""}) {
            QCOMPARE(clip.decode(clip.encode(text)), text);
        }
        QCOMPARE(clip.decode(Ids{-5, clip.size(), int64_t{1} << 50}), std::string());
        const Ids accent = clip.encode("é");
        QCOMPARE(clip.decode(Ids{accent[1]}), std::string("\ufffd"));
    }

    void strangeTextIsHarmless() {
        const auto clip = ClipBpe::load(folder_);
        QCOMPARE(clip.encode(""), (Ids{clip.start(), clip.end()}));
        QCOMPARE(clip.encode(" \n\u2003"), (Ids{clip.start(), clip.end()}));
        QCOMPARE(clip.encode("man\xFF"), clip.encode("man\ufffd"));
        QCOMPARE(clip.encode("\xF0\x9F\x98"), clip.encode("\ufffd"));
        QCOMPARE(clip.encode(std::string_view("\0", 1)).size(), size_t{3});
        const std::string huge(1 << 20, 'n');
        QCOMPARE(clip.encode(huge).size(), size_t{77});
        QVERIFY(clip.encode(huge, 1 << 21).size() > 1000);
    }

    void bothRoutesGiveTheSameIds() {
        const auto files = ClipBpe::load(folder_);
        for (const bool as_lists : {true, false}) {
            write_text(broken_ / "tokenizer.json", tokenizer_json(as_lists).dump());
            const auto json = ClipBpe::load(broken_);
            for (const char* text : {"a man is rowing", "<|startoftext|> Don't<|endoftext|>!", "elsewhere"}) {
                QCOMPARE(json.encode(text), files.encode(text));
            }
        }
    }

    void damagedMergesAreNamed() {
        const std::string good = load_error(vocabulary_, merges_);
        QVERIFY2(good.empty(), good.c_str());
        const size_t last_line = merges_.rfind('\n', merges_.size() - 2) + 1;
        for (const std::string& merges :
             {merges_.substr(0, last_line), merges_.substr(0, merges_.size() - 2), merges_ + "lonely\n",
              merges_ + "a b c\n", merges_ + "q x\n", merges_ + merges_.substr(last_line), std::string()}) {
            const auto message = load_error(vocabulary_, merges);
            QVERIFY2(names(message, "merges.txt"), message.c_str());
        }
    }

    void damagedVocabulariesAreNamed() {
        const auto message_of = [&](const std::string& token, const nlohmann::json& id) {
            auto vocabulary = vocabulary_;
            vocabulary[token] = id;
            return load_error(vocabulary, merges_);
        };
        for (const auto& id : {nlohmann::json(7), nlohmann::json(-1), nlohmann::json(1 << 30), nlohmann::json("7"),
                               nlohmann::json(nullptr)}) {
            const auto message = message_of("man</w>", id);
            QVERIFY2(names(message, "vocab.json"), message.c_str());
        }
        for (const std::string missing : {"<|startoftext|>", "<|endoftext|>", "man</w>", "!"}) {
            auto vocabulary = vocabulary_;
            vocabulary.erase(missing);
            QVERIFY(names(load_error(vocabulary, merges_), "vocab.json"));
        }
        QVERIFY(names(load_error(nlohmann::json::array({1, 2}), merges_), "vocab.json"));
        write_text(broken_ / "vocab.json", "{\"a\": 1");
        QVERIFY(names(error_of([&] { ClipBpe::load(broken_); }), "vocab.json"));
    }

    void damagedTokenizerJsonIsNamed() {
        const auto message_of = [&](auto change) {
            auto json = tokenizer_json(true);
            change(json);
            write_text(broken_ / "tokenizer.json", json.dump());
            return error_of([&] { ClipBpe::load(broken_); });
        };
        QCOMPARE(message_of([](auto&) {}), std::string());
        QVERIFY(names(message_of([](auto& j) { j["model"]["merges"].erase(0); }), "tokenizer.json"));
        QVERIFY(names(message_of([](auto& j) { j["model"]["merges"][0] = {"a"}; }), "tokenizer.json"));
        QVERIFY(names(message_of([](auto& j) { j["model"].erase("merges"); }), "merges"));
        QVERIFY(names(message_of([](auto& j) { j["model"]["end_of_word_suffix"] = nullptr; }), "end_of_word_suffix"));
        QVERIFY(names(message_of([](auto& j) { j["model"]["type"] = "WordPiece"; }), "WordPiece"));
    }

    void aMissingFileIsNamed() {
        QVERIFY(names(error_of([&] { ClipBpe::load(broken_); }), broken_.string()));
        QVERIFY(names(error_of([&] { ClipBpe::from_files(folder_ / "vocab.json", broken_ / "m.txt"); }), "m.txt"));
    }
};

REST_TEST(TestClipBpe)
#include "test_clip_bpe.moc"
