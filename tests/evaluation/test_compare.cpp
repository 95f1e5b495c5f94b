// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <cmath>

#include "core/base/error.h"
#include "core/evaluation/tam/compare.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

class TestCompare : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void mcnemarByHand() {
        // Six videos that only one of the runs has right, one against five: 2 (1 + 6) / 64.
        QVERIFY(std::abs(mcnemar(1, 5).p - 14.0 / 64) < 1e-12);
        QVERIFY(std::abs(mcnemar(5, 1).p - 14.0 / 64) < 1e-12);
        QVERIFY(std::abs(mcnemar(0, 5).p - 2.0 / 32) < 1e-12);
        // 2 (1 + 10 + 45) / 1024
        QVERIFY(std::abs(mcnemar(8, 2).p - 112.0 / 1024) < 1e-12);
        QCOMPARE(mcnemar(3, 3).p, 1.0);
        QCOMPARE(mcnemar(0, 0).p, 1.0);
        QCOMPARE(mcnemar(0, 1).p, 1.0);
        // Far beyond 2^1023; z = 200 / sqrt(10000) = 2, so about 4.6 percent.
        const double large = mcnemar(4900, 5100).p;
        QVERIFY2(std::abs(large - 0.0466) < 0.002, qPrintable(QString::number(large)));
        QVERIFY(mcnemar(0, 5000).p < 1e-300 || mcnemar(0, 5000).p == 0);
    }

    void videoByVideo() {
        const std::vector<VideoOutcome> before = {{"a", 3, "a man"}, {"b", 0, "a dog"}, {"c", 0, "x"},
                                                  {"d", 7, "y"},     {"e", -1, "z"},    {"gone", 0, ""}};
        const std::vector<VideoOutcome> after = {
            {"d", 2, "Y"}, {"a", 0, "a man rowing"}, {"b", 1, "a cat"}, {"c", 0, "x"}, {"e", 0, "z"}, {"new", 0, ""}};
        const auto compared = compare_runs(before, after);
        QCOMPARE(compared.videos.size(), size_t{4});
        QCOMPARE(compared.improved, 2);
        QCOMPARE(compared.worsened, 1);
        QCOMPARE(compared.same, 1);
        QCOMPARE(compared.unlabelled, 1);
        QCOMPARE(compared.only_before, 1);
        QCOMPARE(compared.only_after, 1);
        QCOMPARE(compared.videos[0].video, std::string("a"));
        QVERIFY(compared.videos[0].change == Change::improved);
        QCOMPARE(compared.videos[0].caption_after, std::string("a man rowing"));
        QVERIFY(compared.videos[1].change == Change::worsened);
        QCOMPARE(std::string(to_string(compared.videos[2].change)), std::string("same"));
        // Top-1: b lost, a gained. Top-5: d gained, nothing lost.
        QCOMPARE(compared.top1.only_before, 1);
        QCOMPARE(compared.top1.only_after, 1);
        QCOMPARE(compared.top1.p, 1.0);
        QCOMPARE(compared.top5.only_before, 0);
        QCOMPARE(compared.top5.only_after, 1);
    }

    void nothingInCommonAndDoubles() {
        const auto none = compare_runs({}, std::vector<VideoOutcome>{{"a", 0, ""}});
        QCOMPARE(none.only_after, 1);
        QVERIFY(none.videos.empty());
        QVERIFY_EXCEPTION_THROWN(compare_runs(std::vector<VideoOutcome>{{"a", 0, ""}, {"a", 1, ""}}, {}), Error);
    }
};

REST_TEST(TestCompare)
#include "test_compare.moc"
