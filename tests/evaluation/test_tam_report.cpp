// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/evaluation/metrics/caption_quality.h"
#include "core/evaluation/tam/tam_report.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

namespace {

/// `n` labelled clips of class 0, of which the first `right` are right; the rest are read as class 1.
ClipTam outcomes(int64_t n, int64_t right) {
    ClipTam tam;
    tam.counted = n;
    for (int64_t i = 0; i < n; ++i) {
        tam.predicted.push_back(i < right ? 0 : 1);
        tam.rank.push_back(i < right ? 0 : 1);
    }
    tam.top1 = n == 0 ? 0 : 100.0 * static_cast<double>(right) / static_cast<double>(n);
    tam.top5 = n == 0 ? 0 : 100;
    return tam;
}

}  // namespace

class TestTamReport : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void classesAndConfusions() {
        const std::vector<int> labels = {0, 0, 0, 0, 2, 2, -1, 3};
        ClipTam tam;
        tam.predicted = {0, 1, 1, 2, 2, 0, 1, 3};
        tam.rank = {0, 1, 6, 2, 0, 5, -1, 0};
        tam.counted = 7;
        tam.top1 = 300.0 / 7;
        tam.top5 = 500.0 / 7;
        const auto report = report_clip_tam(tam, labels);
        QCOMPARE(report.counted, 7);
        QCOMPARE(report.unlabelled, 1);
        QCOMPARE(report.classes.size(), size_t{3});  // class 1 has no clips
        QCOMPARE(report.classes[0].clips, 4);
        QCOMPARE(report.classes[0].top1, 25.0);
        QCOMPARE(report.classes[0].top5, 75.0);
        QCOMPARE(report.classes[1].label, 2);
        QCOMPARE(report.classes[1].top1, 50.0);
        QCOMPARE(report.classes[2].top1, 100.0);
        QCOMPARE(report.mean_class_top1, (25.0 + 50 + 100) / 3);
        QCOMPARE(report.confused.size(), size_t{3});
        QCOMPARE(report.confused[0].label, 0);
        QCOMPARE(report.confused[0].predicted, 1);
        QCOMPARE(report.confused[0].clips, 2);
        QCOMPARE(report.confused[1].predicted, 2);  // equal counts: by class index
        QCOMPARE(report.confused[2].label, 2);
    }

    void intervalIsTheBinomials() {
        // 400 clips, 30 % right: the binomial's 95 % interval is 30 +- 1.96 sqrt(.3 * .7 / 400) = 25.5 .. 34.5.
        const auto tam = outcomes(400, 120);
        const std::vector<int> labels(400, 0);
        const auto report = report_clip_tam(tam, labels);
        const double half = 196 * std::sqrt(.3 * .7 / 400);
        QVERIFY2(std::abs(report.top1_95.low - (30 - half)) < 0.6, qPrintable(QString::number(report.top1_95.low)));
        QVERIFY2(std::abs(report.top1_95.high - (30 + half)) < 0.6, qPrintable(QString::number(report.top1_95.high)));
        QCOMPARE(report.top5_95.low, 100.0);
        QCOMPARE(report.top5_95.high, 100.0);
    }

    void intervalCoversTheTruth() {
        // Many small samples of a known rate: about 95 % of the intervals contain it.
        const double rate = 0.6;
        int held = 0;
        const int trials = 300;
        for (int t = 0; t < trials; ++t) {
            Random random(17, t);
            int64_t right = 0;
            for (int i = 0; i < 80; ++i) right += random.chance(rate);
            const std::vector<int> labels(80, 0);
            const auto report = report_clip_tam(outcomes(80, right), labels, {.seed = 5, .resamples = 300});
            held += report.top1_95.low <= 100 * rate && 100 * rate <= report.top1_95.high;
        }
        QVERIFY2(held > trials * 0.90 && held < trials * 0.99, qPrintable(QString::number(held)));
    }

    void sameSeedSameInterval() {
        const std::vector<int> labels(50, 0);
        const auto a = report_clip_tam(outcomes(50, 20), labels), b = report_clip_tam(outcomes(50, 20), labels);
        QCOMPARE(a.top1_95.low, b.top1_95.low);
        QCOMPARE(a.top1_95.high, b.top1_95.high);
    }

    void nothingLabelled() {
        const auto report = report_clip_tam(outcomes(0, 0), {});
        QCOMPARE(report.counted, 0);
        QCOMPARE(report.mean_class_top1, 0.0);
        QVERIFY(report.classes.empty());
    }

    void refusesOddInput() {
        const std::vector<int> labels(3, 0);
        QVERIFY_EXCEPTION_THROWN(report_clip_tam(outcomes(2, 1), labels), Error);
        const std::vector<int> two(2, 0);
        QVERIFY_EXCEPTION_THROWN(report_clip_tam(outcomes(2, 1), two, {.resamples = 0}), Error);
        QVERIFY_EXCEPTION_THROWN(report_clip_tam(outcomes(2, 1), two, {.coverage = 1}), Error);
    }

    void captionsCountedByHand() {
        const std::vector<std::string> captions = {"a man  rowing", "A man rowing", "a dog", "", "b dog"};
        const auto quality = caption_quality(captions);
        QCOMPARE(quality.captions, 5);
        QCOMPARE(quality.distinct, 4);
        QCOMPARE(quality.vocabulary, 5);  // a man rowing dog b
        QCOMPARE(quality.mean_words, 2.0);
        QCOMPARE(quality.most_common, std::string("a man rowing"));
        QCOMPARE(quality.most_common_count, 2);
        QCOMPARE(quality.empty, 1);
        QCOMPARE(caption_quality({}).distinct, 0);
    }
};

REST_TEST(TestTamReport)
#include "test_tam_report.moc"
