// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include "core/engine/inference/clip_batches.h"
#include "tests/engine/clip_world.h"
#include "tests/support/test_program.h"

#include <QtTest/QtTest>

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

class TestClipBatches : public QObject {
    Q_OBJECT

    ClipWorld world_;

    ClipStore store() const {
        std::vector<store::VideoRecord> videos;
        for (const char* name : {"a.mp4", "b.mp4", "broken.mp4", "c.mp4", "d.mp4"}) {
            videos.push_back({.name = name, .path = (world_.data() / name).string()});
        }
        return ClipStore({.cache = {.samples = 2}, .view = 16}, std::move(videos));
    }

  private Q_SLOTS:
    void initTestCase() {
        for (const char* name : {"a.mp4", "b.mp4", "c.mp4", "d.mp4"}) world_.add_clip(name);
        world_.add_damaged("broken.mp4");
    }

    void everyReadableClipComesOnceInOrder() {
        const auto clips = store();
        const std::vector<int64_t> readable = {0, 1, 3, 4};
        auto whole = torch::empty({4, 2, 3, 16, 16}, torch::kUInt8);
        clips.test_views(readable, whole);
        std::vector<int64_t> met;
        std::vector<torch::Tensor> views;
        SilentTask task;
        const auto all = all_clips(clips);
        for_each_batch(clips, all, {.at_once = 2}, task, [&](const ClipBatch& batch) {
            met.insert(met.end(), batch.indices.begin(), batch.indices.end());
            views.push_back(batch.views.clone());
        });
        QCOMPARE(met, readable);
        QVERIFY(torch::equal(torch::cat(views), whole));
        QVERIFY(!clips.readable(2) && clips.readable(3));
    }

    // One of every three batches each, and all are called after each round, whether they had a clip or not.
    void processesTakeTurns() {
        const auto clips = store();
        const auto all = all_clips(clips);
        std::vector<std::vector<int64_t>> batches;
        SilentTask task;
        for (int rank = 0; rank < 3; ++rank) {
            int rounds = 0;
            const Turns turns{.rank = rank, .size = 3, .after_round = [&] { ++rounds; }};
            for_each_batch(clips, all, {.at_once = 1, .turns = turns}, task, [&](const ClipBatch& batch) {
                batches.push_back({rank, rounds, batch.indices.front()});
            });
            QCOMPARE(rounds, 2);
        }
        QCOMPARE(batches, (std::vector<std::vector<int64_t>>{{0, 0, 0}, {0, 1, 3}, {1, 0, 1}, {1, 1, 4}}));
    }

    void aBatchOfUnreadableClipsIsPassedOver() {
        const auto clips = store();
        SilentTask task;
        int64_t met = 0;
        const auto all = all_clips(clips);
        for_each_batch(clips, all, {.at_once = 1}, task, [&](const ClipBatch& batch) { met += batch.views.size(0); });
        QCOMPARE(met, int64_t{4});
    }

    void someClipsInTheOrderAskedFor() {
        const auto clips = store();
        const std::vector<int64_t> asked = {3, 0};
        SilentTask task;
        int calls = 0;
        for_each_batch(clips, asked, {.at_once = 16}, task, [&](const ClipBatch& batch) {
            ++calls;
            QCOMPARE(std::vector<int64_t>(batch.indices.begin(), batch.indices.end()), asked);
        });
        QCOMPARE(calls, 1);
        for_each_batch(clips, {}, {}, task, [&](const ClipBatch&) { ++calls; });
        QCOMPARE(calls, 1);
    }

    void aCancelledTaskEndsBetweenBatches() {
        const auto clips = store();
        SilentTask task;
        int calls = 0;
        const auto all = all_clips(clips);
        const auto cancelling = [&](const ClipBatch&) {
            ++calls;
            task.control.cancel();
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled, for_each_batch(clips, all, {.at_once = 1}, task, cancelling));
        QCOMPARE(calls, 1);
    }
};

REST_TEST(TestClipBatches)
#include "test_clip_batches.moc"
