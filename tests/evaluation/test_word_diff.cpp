// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/random.h"
#include "core/evaluation/metrics/caption_words.h"
#include "core/evaluation/metrics/word_diff.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

namespace {

/// "a [-dark-]{+red+} boat": as wdiff writes it.
std::string marked(const WordDiff& diff) {
    std::string out;
    for (const auto& piece : diff.pieces) {
        if (piece.kind == DiffPiece::Kind::removed)
            out += "[-" + piece.text + "-]";
        else if (piece.kind == DiffPiece::Kind::added)
            out += "{+" + piece.text + "+}";
        else
            out += piece.text;
    }
    return out;
}

std::string without(const WordDiff& diff, DiffPiece::Kind kind) {
    std::string out;
    for (const auto& piece : diff.pieces) {
        if (piece.kind != kind) out += piece.text;
    }
    return out;
}

/// The longest common subsequence by its definition: every choice of words of `a`.
int64_t common_by_force(const Words& a, const Words& b) {
    int64_t best = 0;
    for (uint32_t choice = 0; choice < (1u << a.size()); ++choice) {
        size_t at = 0;
        int64_t found = 0;
        for (size_t i = 0; i < a.size(); ++i) {
            if ((choice >> i & 1) == 0) continue;
            while (at < b.size() && b[at] != a[i]) ++at;
            if (at == b.size()) {
                found = -1;
                break;
            }
            ++at, ++found;
        }
        best = std::max(best, found);
    }
    return best;
}

}  // namespace

class TestWordDiff : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void thePapersCaptions() {
        const auto diff = word_diff("a bobsled bobsled race", "a bobsleigh race");
        QCOMPARE(marked(diff), std::string("a [-bobsled bobsled -]{+bobsleigh +}race"));
        QCOMPARE(diff.same, int64_t{2});
        QCOMPARE(diff.removed, int64_t{2});
        QCOMPARE(diff.added, int64_t{1});
    }

    void neitherCaseNorMarksMakeAWordAnotherOne() {
        QCOMPARE(marked(word_diff("a man, rowing a boat.", "A man rowing a Boat")), std::string("A man rowing a Boat"));
        QCOMPARE(marked(word_diff("the man's boat", "the mans boat")), std::string("the mans boat"));
        QCOMPARE(marked(word_diff("a glass-blower", "a glass blower")), std::string("a glass blower"));
        QCOMPARE(marked(word_diff("Ein Mann im Café", "ein mann im cafe\u0301")),
                 std::string("ein mann im cafe\u0301"));
        QCOMPARE(marked(word_diff("a boat", "a \"big\" boat")), std::string("a {+\"big\" +}boat"));
        QCOMPARE(marked(word_diff("a glass blower - stock footage", "a glass blower")),
                 std::string("a glass blower[-stock footage-]"));
    }

    void aWordThatOnlyMovesIsMarkedOnce() {
        QCOMPARE(marked(word_diff("up the stairs", "the stairs up")), std::string("[-up -]the stairs {+up+}"));
    }

    void languagesWithoutBlanks() {
        QCOMPARE(marked(word_diff("一个男人在划船", "一个女人在划船")), std::string("一个[-男-]{+女+}人在划船"));
        QCOMPARE(marked(word_diff("мужчина гребёт", "Женщина гребёт")), std::string("[-мужчина -]{+Женщина +}гребёт"));
    }

    void nothingOnOneSide() {
        QVERIFY(word_diff("", "").pieces.empty());
        QCOMPARE(marked(word_diff("", "a boat")), std::string("{+a boat+}"));
        QCOMPARE(marked(word_diff("a boat", "")), std::string("[-a boat-]"));
        QCOMPARE(marked(word_diff("...", "a boat")), std::string("[-...-]{+a boat+}"));
        QCOMPARE(marked(word_diff("!!", "??")), std::string("??"));
    }

    void bytesThatAreNoText() {
        const auto diff = word_diff("a \xff boat", "a \xc3( boat");
        QCOMPARE(without(diff, DiffPiece::Kind::removed), std::string("a \uFFFD( boat"));
    }

    void randomCaptionsAgainstTheDefinition() {
        Random random(5);
        const char* const words[] = {"a ", "man ", "rows, ", "A ", "boat ", "- "};
        for (int round = 0; round < 400; ++round) {
            std::string a, b;
            for (auto n = random.below(9); n > 0; --n) a += words[random.below(6)];
            for (auto n = random.below(9); n > 0; --n) b += words[random.below(6)];
            const auto diff = word_diff(a, b);
            QCOMPARE(without(diff, DiffPiece::Kind::removed), b);
            const auto wa = caption_words(a), wb = caption_words(b);
            const auto kept = caption_words(without(diff, DiffPiece::Kind::added));
            QCOMPARE(kept, wa);
            if (wa.empty() || wb.empty()) continue;
            QCOMPARE(diff.same, common_by_force(wa, wb));
        }
    }

    void longCaptionsAreBounded() {
        std::string a, b;
        for (int i = 0; i < 200000; ++i) {
            a += "word" + std::to_string(i) + " ";
            b += "other" + std::to_string(i) + " ";
        }
        const auto diff = word_diff("the " + a + "end", "the " + b + "end");
        QCOMPARE(diff.pieces.size(), size_t{4});
        QCOMPARE(diff.same, int64_t{2});
        QCOMPARE(diff.removed, int64_t{200000});
        QCOMPARE(without(diff, DiffPiece::Kind::removed), "the " + b + "end");
        // Only what differs counts towards the bound.
        const auto near = word_diff(a + "a boat", a + "a red boat");
        QCOMPARE(near.added, int64_t{1});
        QCOMPARE(near.removed, int64_t{0});
    }
};

REST_TEST(TestWordDiff)
#include "test_word_diff.moc"
