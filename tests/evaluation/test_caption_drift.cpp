// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/error.h"
#include "core/evaluation/metrics/caption_drift.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

class TestCaptionDrift : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void threeVideosByHand() {
        const StepLists first{0, {{{"a man rowing"}, {"a boat"}}, {{"a dog"}}, {}}};
        const StepLists second{1, {{{"A man  rowing"}, {"a red boat", true}}, {{"a red boat", true}, {"a dog"}}, {}}};
        const auto drift = caption_drift(std::vector{first, second});
        QCOMPARE(drift.size(), size_t{2});
        QCOMPARE(drift[0].captions, 3);
        QCOMPARE(drift[0].retrieved, 0.0);
        QVERIFY(drift[0].most_copied.empty());
        QVERIFY(!drift[0].change);

        QCOMPARE(drift[1].step, 1);
        QCOMPARE(drift[1].captions, 4);
        QCOMPARE(drift[1].retrieved, 50.0);
        QCOMPARE(drift[1].most_copied, std::string("a red boat"));
        QCOMPARE(drift[1].copied_by, 2);
        QCOMPARE(drift[1].change->videos, 2);  // the third never had a caption
        QCOMPARE(drift[1].change->changed_best, 50.0);
        // {a man rowing boat} in {a man rowing red boat}: 4/5; {a dog} in {a red boat dog}: 2/4.
        QCOMPARE(drift[1].change->word_jaccard, (0.8 + 0.5) / 2);
        // Unchanged: 0; "a dog" -> "a red boat": one word replaced, one inserted, of three.
        QCOMPARE(drift[1].change->edit_distance, 2.0 / 3 / 2);
    }

    void tiesGoToTheFirstInByteOrder() {
        const StepLists lists{2, {{{"b", true}, {"b", true}}, {{"a", true}}}};
        const auto drift = caption_drift(std::vector{lists});
        QCOMPARE(drift[0].most_copied, std::string("a"));
        QCOMPARE(drift[0].copied_by, 1);  // twice in one list is one video
        QCOMPARE(drift[0].retrieved, 100.0);
    }

    void aVideoThatLosesItsCaptionsChanged() {
        const auto drift = caption_drift(std::vector<StepLists>{{0, {{{"a dog"}}}}, {1, {{}}}});
        QCOMPARE(drift[1].change->videos, 1);
        QCOMPARE(drift[1].change->changed_best, 100.0);
        QCOMPARE(drift[1].change->word_jaccard, 0.0);
        QCOMPARE(drift[1].change->edit_distance, 1.0);
    }

    void nothingAndNonsense() {
        QVERIFY(caption_drift({}).empty());
        const auto none = caption_drift(std::vector<StepLists>{{0, {}}, {1, {}}});
        QCOMPARE(none[1].change->videos, 0);
        QCOMPARE(none[1].retrieved, 0.0);
        QVERIFY_EXCEPTION_THROWN(caption_drift(std::vector<StepLists>{{0, {{}}}, {1, {}}}), Error);
    }
};

REST_TEST(TestCaptionDrift)
#include "test_caption_drift.moc"
