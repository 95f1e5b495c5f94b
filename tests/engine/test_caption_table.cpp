// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/engine/run/caption_table.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;

namespace {

/// Video 0: captions 10 and 11, its own. Video 1: 11, its own, and 12, formerly video 2's.
CaptionTable table() {
    CaptionTable out(3);
    out.add(0, {10, 0});
    out.add(0, {11, 0});
    out.add(1, {11, 1});
    out.add(1, {12, 2, 0.5f});
    return out;
}

}  // namespace

class TestCaptionTable : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aListHoldsACaptionOnce() {
        auto captions = table();
        captions.add(1, {12, 0, 0.9f});
        QCOMPARE(captions.of(1).size(), size_t{2});
        QCOMPARE(captions.of(1)[1].origin, 2);  // the first one stays
        QVERIFY(captions.of(2).empty());
    }

    void theUpdateReadsThemAsRows() {
        const auto lists = table().ids(std::vector<int64_t>{0, 1, 2});
        QCOMPARE(lists.offsets, (std::vector<int64_t>{0, 2, 4, 4}));
        QCOMPARE(lists.ids, (std::vector<int32_t>{10, 11, 11, 12}));
        // Without a video that cannot be read.
        const auto some = table().ids(std::vector<int64_t>{1, 2});
        QCOMPARE(some.offsets, (std::vector<int64_t>{0, 2, 2}));
        QCOMPARE(some.ids, (std::vector<int32_t>{11, 12}));
    }

    void aRetrievedCaptionKeepsItsOrigin() {
        auto captions = table();
        captions.replace({{{.id = 12, .score = 0.8f, .source_video = 1}, {.id = 10, .score = 0.7f, .source_video = 0}},
                          {{.id = 11, .score = 0.6f, .source_video = 1}},
                          {{.id = 12, .score = 0.9f, .source_video = 1}}});
        QCOMPARE(captions.videos(), int64_t{3});
        QCOMPARE(captions.of(0)[0].origin, 2);  // video 1 had it from video 2
        QCOMPARE(captions.of(0)[0].score, 0.8f);
        QCOMPARE(captions.of(0)[1].origin, 0);
        QCOMPARE(captions.of(1)[0].origin, 1);
        QCOMPARE(captions.of(2)[0].origin, 2);  // back where it came from
    }
};

REST_TEST(TestCaptionTable)
#include "test_caption_table.moc"
