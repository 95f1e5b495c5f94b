// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <set>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/text/clip_bpe.h"
#include "core/text/clip_words.h"
#include "core/text/vocabulary_training.h"
#include "core/text/wordpiece.h"
#include "tests/support/test_program.h"
#include "tests/text/text_files.h"

using namespace rest;
using namespace rest::text;
using namespace rest::test;

namespace {

// A demo world's captions: a few hundred distinct words, some sharing stems and endings, some rare.
std::vector<std::string> world() {
    const std::vector<std::string> stems = {"row",    "jump",  "spin",  "wav",  "kick", "throw",
                                            "balanc", "swing", "climb", "danc", "roll", "bounc",
                                            "catch",  "push",  "pull",  "lift", "slid", "crawl"};
    const std::vector<std::string> endings = {"ing", "es", "ed", "er", "ers", "y", "ful"};
    const std::vector<std::string> places = {"beach", "forest", "kitchen", "café", "snow-field", "müllerstraße"};
    std::vector<std::string> texts;
    for (size_t s = 0; s < stems.size(); ++s) {
        for (size_t e = 0; e < endings.size(); ++e) {
            const std::string word = stems[s] + endings[e];
            texts.push_back("A person is " + word + " with ball" + word + " in the " + places[(s + e) % places.size()]);
            if (e == 0) texts.push_back("someone's " + word + ", it isn't " + stems[(s + 1) % stems.size()] + "!");
        }
    }
    return texts;
}

}  // namespace

class TestVocabularyTraining : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::filesystem::path folder(const char* name) { return std::filesystem::path(dir_.path().toStdString()) / name; }

  private Q_SLOTS:
    void wordPieceKnowsEveryWord() {
        train_wordpiece(world(), folder("new") / "bert");
        const auto bert = WordPiece::load(folder("new") / "bert");
        const auto lines = split_lines(read_file(folder("new") / "bert" / "vocab.txt"));
        QCOMPARE(std::vector<std::string>(lines.begin(), lines.begin() + 5),
                 (std::vector<std::string>{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}));
        QCOMPARE(std::set<std::string>(lines.begin(), lines.end()).size(), lines.size());
        QCOMPARE(bert.pad(), int64_t{0});
        QCOMPARE(bert.bos(), static_cast<int64_t>(lines.size()));
        QCOMPARE(bert.encode_plain("[ENC]"), std::vector<int64_t>{bert.bos() + 1});
        QCOMPARE(bert.size(), static_cast<int64_t>(lines.size()) + 2);
        std::set<std::string> words;
        for (const auto& text : world()) {
            for (const auto& word : split(text, ' ')) words.insert(word);
        }
        QVERIFY(words.size() > 250);
        for (const auto& word : words) {
            if (word.find_first_of(",!'-") == std::string::npos) QCOMPARE(bert.encode_plain(word).size(), size_t{1});
        }
        const auto ids = bert.encode("A person is rowing with ballrowing in the café");
        QCOMPARE(bert.decode(ids), std::string("a person is rowing with ballrowing in the cafe"));
    }

    void wordPieceSpellsOtherWords() {
        train_wordpiece(world(), folder("spell"));
        const auto bert = WordPiece::load(folder("spell"));
        const auto ids = bert.encode_plain("zebra42");
        QCOMPARE(ids.size(), size_t{7});
        QCOMPARE(bert.decode(ids), std::string("zebra42"));
    }

    void frequentWordsComeFirst() {
        train_wordpiece({"bb cc cc", "aa bb dd dd dd"}, folder("order"));
        const auto lines = split_lines(read_file(folder("order") / "vocab.txt"));
        QCOMPARE(std::vector<std::string>(lines.end() - 4, lines.end()),
                 (std::vector<std::string>{"dd", "bb", "cc", "aa"}));
    }

    void clipKnowsEveryWord() {
        train_clip_bpe(world(), folder("clip"));
        const auto clip = ClipBpe::load(folder("clip"));
        QCOMPARE(clip.end(), clip.size() - 1);
        QCOMPARE(clip.start(), clip.size() - 2);
        std::set<std::string> words;
        for (const auto& text : world()) {
            const std::string normalised = clip_normalised(text);
            for (const auto word : clip_words(normalised)) words.emplace(word);
        }
        QVERIFY(words.size() > 250);
        std::set<int64_t> ids;
        for (const auto& word : words) {
            const auto encoded = clip.encode(word);
            QCOMPARE(encoded.size(), size_t{3});
            ids.insert(encoded[1]);
        }
        QCOMPARE(ids.size(), words.size());
    }

    void mergesAreLearntByFrequency() {
        train_clip_bpe({"ab ab ab cd cd xy", "xy"}, folder("merges"));
        QCOMPARE(split_lines(read_file(folder("merges") / "merges.txt")),
                 (std::vector<std::string>{"#version: 0.2", "a b</w>", "c d</w>", "x y</w>"}));
    }

    void mergesAreLimited() {
        train_clip_bpe(world(), folder("few"), 10);
        QCOMPARE(ClipBpe::load(folder("few")).size(), int64_t{512 + 10 + 2});
        QVERIFY(names(error_of([&] { train_clip_bpe({}, folder("few"), -1); }), "-1"));
    }

    void trainingIsRepeatable() {
        for (const char* name : {"once", "twice"}) {
            train_clip_bpe(world(), folder(name));
            train_wordpiece(world(), folder(name));
        }
        for (const char* file : {"vocab.txt", "vocab.json", "merges.txt"}) {
            QCOMPARE(read_file(folder("once") / file), read_file(folder("twice") / file));
        }
    }

    void noTextsStillMakeVocabularies() {
        train_wordpiece({}, folder("none"));
        train_clip_bpe({}, folder("none"));
        QVERIFY(WordPiece::load(folder("none")).size() > 5);
        QCOMPARE(ClipBpe::load(folder("none")).size(), int64_t{514});
    }

    void aFolderThatCannotBeMadeIsNamed() {
        write_text(folder("file"), "in the way");
        QVERIFY(names(error_of([&] { train_wordpiece({}, folder("file") / "sub"); }), "file"));
        QVERIFY(names(error_of([&] { train_clip_bpe({}, folder("file") / "sub"); }), "file"));
    }
};

REST_TEST(TestVocabularyTraining)
#include "test_vocabulary_training.moc"
