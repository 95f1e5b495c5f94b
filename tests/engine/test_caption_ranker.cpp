// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>
#include <atomic>
#include <future>

#include "core/base/paths.h"
#include "core/engine/measure/caption_ranker.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;

namespace {

RankRequest request(const std::string& caption) {
    return {resources_dir() / "demo" / "clip",
            caption,
            {"canoeing", "rowing boat", "juggling balls", "cycling", "surfing"},
            {"{}"}};
}

Expected<CaptionRanking> answer(CaptionRanker& ranker, const RankRequest& asked) {
    std::promise<Expected<CaptionRanking>> done;
    ranker.rank(asked, [&](const Expected<CaptionRanking>& got) { done.set_value(got); });
    return done.get_future().get();
}

}  // namespace

class TestCaptionRanker : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void theNamedActionComesFirst() {
        CaptionRanker ranker;
        const auto got = answer(ranker, request("a person is rowing a boat"));
        QVERIFY2(got.has_value(), got ? "" : got.error().message.c_str());
        QCOMPARE(got->classes.size(), size_t{5});
        QCOMPARE(got->classes[0].index, 1);
        QVERIFY(got->classes[0].margin > 0);
        QCOMPARE(got->classes[0].margin, got->classes[0].cosine - got->classes[1].cosine);
        QCOMPARE(got->classes[4].margin, 0.0);
        const auto other = answer(ranker, request("someone is juggling balls"));
        QCOMPARE(other->classes[0].index, 2);
    }

    void aClassOfOnesOwnAndTemplates() {
        CaptionRanker ranker;
        auto asked = request("someone is juggling balls");
        asked.classes.push_back("someone is juggling balls");
        const auto got = answer(ranker, asked);
        QCOMPARE(got->classes[0].index, 5);
        QVERIFY(got->classes[0].cosine > 0.999);
        asked.templates = {"a video of {}"};
        QVERIFY(answer(ranker, asked)->classes[0].cosine < 0.999);
    }

    void whatIsWrongIsAValue() {
        CaptionRanker ranker;
        auto asked = request("x");
        asked.clip = "/nowhere";
        QVERIFY(!answer(ranker, asked).has_value());
        QVERIFY(!answer(ranker, asked).error().message.empty());
        asked = request("");
        asked.classes.clear();
        QVERIFY(!answer(ranker, asked).has_value());
        QVERIFY(answer(ranker, request("")).has_value());
    }

    void onlyTheNewestIsAnswered() {
        CaptionRanker ranker;
        std::atomic<int> answers = 0;
        for (int i = 0; i < 200; ++i) {
            ranker.rank(request("word " + std::to_string(i)), [&](const Expected<CaptionRanking>&) { ++answers; });
        }
        const auto last = answer(ranker, request("surfing"));
        QCOMPARE(last->classes[0].index, 4);
        QVERIFY2(answers < 20, qPrintable(QString::number(answers)));
    }

    void destroyedInTheMiddle() {
        for (int i = 0; i < 5; ++i) {
            CaptionRanker ranker;
            ranker.rank(request("a person is rowing a boat"), [](const Expected<CaptionRanking>&) {});
        }
    }
};

REST_TEST(TestCaptionRanker)
#include "test_caption_ranker.moc"
