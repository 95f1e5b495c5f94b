// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/random.h"
#include "core/text/clip_bpe.h"
#include "core/text/vocabulary_training.h"
#include "core/text/wordpiece.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::text;

namespace {

constexpr int kCaptions = 100000;
constexpr qint64 kMostMilliseconds = 5000;

// Captions over 2,000 made-up words, most of which are not whole tokens of the vocabularies.
std::vector<std::string> captions() {
    Random random(1);
    std::vector<std::string> words(2000);
    for (auto& word : words) {
        for (uint32_t letters = 2 + random.below(8); letters > 0; --letters) {
            word += static_cast<char>('a' + random.below(26));
        }
    }
    std::vector<std::string> out(kCaptions);
    for (auto& caption : out) {
        for (int i = 0; i < 12; ++i) caption += random.pick(words) + (i < 11 ? " " : "");
    }
    return out;
}

}  // namespace

class TestTextSpeed : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::filesystem::path folder_;
    std::vector<std::string> captions_;

    template <class Tokenizer>
    void encodeAll(const Tokenizer& tokenizer) {
        test::ProcessorTimer timer;
        timer.start();
        size_t ids = 0;
        for (const auto& caption : captions_) ids += tokenizer.encode(caption).size();
        const qint64 elapsed = timer.elapsed();
        qInfo("%d captions, %zu ids in %lld ms", kCaptions, ids, static_cast<long long>(elapsed));
        QVERIFY(ids > size_t{kCaptions} * 12);
        QVERIFY(elapsed < kMostMilliseconds);
    }

  private Q_SLOTS:
    void initTestCase() {
#ifndef __OPTIMIZE__
        QSKIP("Times are those of an optimised build");
#endif
        folder_ = dir_.path().toStdString();
        captions_ = captions();
        const std::vector<std::string> some(captions_.begin(), captions_.begin() + 40);
        train_wordpiece(some, folder_);
        train_clip_bpe(some, folder_);
    }
    void wordPiece() {
        encodeAll(WordPiece::load(folder_));
    }
    void clip() {
        encodeAll(ClipBpe::load(folder_));
    }
};

REST_TEST(TestTextSpeed)
#include "test_text_speed.moc"
