// SPDX-License-Identifier: GPL-3.0-or-later
// Every expected figure is worked out by hand in the comment above it.
#include <QtTest/QtTest>

#include <cmath>

#include "core/evaluation/metrics/bleu.h"
#include "core/evaluation/metrics/cider.h"
#include "core/evaluation/metrics/reference_metrics.h"
#include "core/evaluation/metrics/rouge.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

namespace {

ReferencedWords words(std::string_view caption, const std::vector<std::string>& references) {
    ReferencedWords out{caption_words(caption), {}};
    for (const auto& reference : references) out.references.push_back(caption_words(reference));
    return out;
}

/// CIDEr-D of the first of two videos; the second's references share no word with it.
double cider_beside_a_stranger(std::string_view caption, const std::vector<std::string>& references) {
    return cider_d(std::vector{words(caption, references), words("q", {"x y z w"})})[0];
}

bool near_to(double value, double wanted) {
    if (std::abs(value - wanted) < 1e-7) return true;
    qWarning("%.10f, wanted %.10f", value, wanted);
    return false;
}

}  // namespace

class TestReferenceMetrics : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void wordsOfACaption() {
        QCOMPARE(caption_words("  A man's hat, on\ta Table. "), (Words{"a", "mans", "hat", "on", "a", "table"}));
        QCOMPARE(caption_words("glass-blower \u00c9t\u00e9 \u2019tis"),
                 (Words{"glass", "blower", "\u00e9t\u00e9", "tis"}));
        QCOMPARE(caption_words("...!"), Words{});
        QCOMPARE(caption_words(""), Words{});
        QCOMPARE(caption_words("a\xff"
                               "b")
                     .size(),
                 size_t{1});
    }

    void ciderByHand() {
        // All n-gram orders equal: each cosine is 1, so 10.
        QVERIFY(near_to(cider_beside_a_stranger("a b c d", {"a b c d"}), 10));
        // Two words have no trigrams or 4-grams: 10 (1 + 1 + 0 + 0) / 4.
        QVERIFY(near_to(cider_beside_a_stranger("a b", {"a b"}), 5));
        // One word of two: 1 / (sqrt 2 sqrt 2) = 1/2 for unigrams alone: 10 (1/2) / 4.
        QVERIFY(near_to(cider_beside_a_stranger("a b", {"a c"}), 1.25));
        // "a" twice is clipped: min(2, 1) 1 / (2 sqrt 2); the bigrams "a a" and "a b" differ.
        QVERIFY(near_to(cider_beside_a_stranger("a a", {"a b"}), 10.0 / 4 / (2 * std::sqrt(2))));
        // One bigram more than the reference: (2 / sqrt 6 + 1 / sqrt 2) exp(-1 / 72).
        QVERIFY(near_to(cider_beside_a_stranger("a b c", {"a b"}),
                        2.5 * (2 / std::sqrt(6) + 1 / std::sqrt(2)) * std::exp(-1.0 / 72)));
        // Mean over the references: 5 and 1.25.
        QVERIFY(near_to(cider_beside_a_stranger("a b", {"a b", "a c"}), 3.125));
        QVERIFY(near_to(cider_beside_a_stranger("", {"a b"}), 0));
    }

    void ciderForgetsWordsThatAllVideosShare() {
        // "a" is in both reference sets: log(2 / 2) = 0, so only "b" and "c" count among unigrams (cosine 1);
        // the bigrams "a b" and "a c" are in one video each: 10 (1 + 1) / 4.
        const auto scores = cider_d(std::vector{words("a b", {"a b"}), words("a c", {"a c"})});
        QVERIFY(near_to(scores[0], 5));
        QVERIFY(near_to(scores[1], 5));
        // With a single video everything is shared.
        QVERIFY(near_to(cider_d(std::vector{words("a b c d", {"a b c d"})})[0], 0));
    }

    void bleuByHand() {
        // "the" is clipped to one: 5/6, 3/5 ("the cat", "cat sat", "sat on"), 2/4, 1/3; lengths equal.
        const auto one = words("The cat sat on the mat.", {"the cat sat on a mat"});
        QVERIFY(near_to(bleu4(std::vector{one}), std::pow(5.0 / 6 * 3 / 5 * 2 / 4 * 1 / 3, 0.25)));
        QVERIFY(near_to(bleu4(std::vector{words("a b c d e", {"a b c d e"})}), 1));
        // Four correct words, an eight-word reference: precisions 1, brevity exp(1 - 8 / 4).
        QVERIFY(near_to(bleu4(std::vector{words("a b c d", {"a b c d e f g h"})}), std::exp(-1)));
        // Five words between references of four and six: the shorter counts, so no penalty. 4/5, 3/4, 2/3, 1/2.
        QVERIFY(near_to(bleu4(std::vector{words("a b c d z", {"a b c d", "q r s t u v"})}),
                        std::pow(4.0 / 5 * 3 / 4 * 2 / 3 * 1 / 2, 0.25)));
        // Summed over the corpus, not averaged: (5 + 4) / (6 + 4) and so on.
        const auto two = std::vector{one, words("a b c d", {"a b c d"})};
        QVERIFY(near_to(bleu4(two), std::pow(9.0 / 10 * 6 / 8 * 4 / 6 * 2 / 4, 0.25)));
        // Without a common 4-gram it is 0 except for the guards: 1e-15 of 1 to the power 1/4.
        QVERIFY(bleu4(std::vector{words("a b c d", {"a b c e"})}) < 1e-3);
        QVERIFY(bleu4(std::vector{words("", {"a b"})}) < 1e-12);
    }

    void rougeByHand() {
        // Common subsequence "a c d": precision 3/4, recall 1; F = 2.44 (3/4) / (1 + 1.44 (3/4)).
        QVERIFY(near_to(rouge_l(std::vector{words("a b c d", {"a c d"})})[0], 2.44 * 0.75 / (1 + 1.44 * 0.75)));
        // The best precision is the second reference's, the best recall the first's: both 1.
        QVERIFY(near_to(rouge_l(std::vector{words("a b c d", {"a c d", "a b c d e f g h"})})[0], 1));
        // Order matters: "b a" and "a b" have a common subsequence of one word.
        QVERIFY(near_to(rouge_l(std::vector{words("b a", {"a b"})})[0], 0.5));
        QVERIFY(near_to(rouge_l(std::vector{words("x", {"a b"})})[0], 0));
        QVERIFY(near_to(rouge_l(std::vector{words("", {"a b"})})[0], 0));
    }

    void emptyCaptionsAndMissingReferencesAreCounted() {
        const std::vector<ReferencedCaption> captions = {{"a b", {"a b"}}, {"a b", {}}, {"", {"c d"}}, {"a b", {"?!"}}};
        const auto scores = score_against_references(captions);
        QCOMPARE(scores.scored, 2);
        QCOMPARE(scores.without_references, 2);
        QCOMPARE(scores.empty_captions, 1);
        QVERIFY(near_to(scores.cider_d, 2.5));
        QVERIFY(near_to(scores.rouge_l, 0.5));
        QCOMPARE(scores.cider_d_each[1], -1.0);
        QCOMPARE(scores.cider_d_each[2], 0.0);
        QCOMPARE(scores.rouge_l_each.size(), size_t{4});
        const auto none = score_against_references({});
        QCOMPARE(none.scored, 0);
        QCOMPARE(none.bleu4, 0.0);
        QCOMPARE(none.cider_d, 0.0);
    }

    void anEndlessCaptionIsScored() {
        std::string endless;
        for (int i = 0; i < 20000; ++i) endless += "word ";
        const auto scores =
            score_against_references(std::vector<ReferencedCaption>{{endless, {"a word"}}, {"b", {"b"}}});
        QVERIFY(scores.rouge_l_each[0] > 0 && scores.rouge_l_each[0] < 0.01);
        QVERIFY(scores.cider_d_each[0] < 1e-6);
    }
};

REST_TEST(TestReferenceMetrics)
#include "test_reference_metrics.moc"
