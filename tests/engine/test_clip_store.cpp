// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/engine/inference/clip_store.h"
#include "tests/engine/clip_world.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

class TestClipStore : public QObject {
    Q_OBJECT

    static constexpr int64_t kView = 16;
    static constexpr int kSamples = 3;

    ClipWorld world_;

    ClipStore store(int64_t memory_budget = int64_t{1} << 30) const {
        std::vector<store::VideoRecord> videos;
        for (const char* name : {"a.mp4", "b.mp4", "broken.mp4"})
            videos.push_back({.name = name, .path = (world_.data() / name).string()});
        return ClipStore({.cache = {.samples = kSamples}, .view = kView, .memory_budget = memory_budget},
                         std::move(videos));
    }

    static torch::Tensor views(const ClipStore& clips, const std::vector<int64_t>& indices) {
        auto out = torch::empty({std::ssize(indices), kSamples, 3, kView, kView}, torch::kUInt8);
        clips.test_views(indices, out);
        return out;
    }

    static torch::Tensor train_views(const ClipStore& clips, const std::vector<int64_t>& indices, uint64_t seed,
                                     int64_t epoch) {
        auto out = torch::empty({std::ssize(indices), kSamples, 3, kView, kView}, torch::kUInt8);
        clips.train_views(indices, {.size = static_cast<int>(kView)}, seed, epoch, out);
        return out;
    }

  private Q_SLOTS:
    void initTestCase() {
        world_.add_clip("a.mp4");
        world_.add_clip("b.mp4", 7);
        world_.add_damaged("broken.mp4");
    }

    void viewsAreTheMiddlesOfTheSegments() {
        const auto clips = store();
        QCOMPARE(clips.clip_shape(), (std::vector<int64_t>{kSamples, 3, kView, kView}));
        const auto seen = views(clips, {0}).to(torch::kFloat);
        // The clip's frame i is grey of level 20 i; of its ten frames, floor((i + 0.5) 10 / 3) are 1, 5 and 8.
        const double expected[] = {20, 100, 160};
        for (int t = 0; t < kSamples; ++t) QVERIFY(std::abs(seen[0][t].mean().item<double>() - expected[t]) < 3);
    }

    void memoryChangesNothing() {
        const auto kept = store(), read_again = store(0);
        for (int turn = 0; turn < 2; ++turn) QVERIFY(torch::equal(views(kept, {1, 0}), views(read_again, {1, 0})));
    }

    void trainViewsAreAFunctionOfSeedEpochAndVideo() {
        const auto clips = store();
        const auto once = train_views(clips, {0, 1}, 5, 2);
        QVERIFY(torch::equal(train_views(clips, {1, 0}, 5, 2).flip(0), once));
        QVERIFY(!torch::equal(train_views(clips, {0, 1}, 5, 3), once));
        QVERIFY(!torch::equal(train_views(clips, {0, 1}, 6, 2), once));
    }

    void whatCannotBeReadGivesNoView() {
        const auto clips = store();
        auto out = torch::full({3, kSamples, 3, kView, kView}, 77, torch::kUInt8);
        const std::vector<int64_t> asked = {0, 2, 1};
        for (int turn = 0; turn < 2; ++turn) {
            QCOMPARE(clips.test_views(asked, out), std::vector<int64_t>{1});
            QCOMPARE(clips.train_views(asked, {.size = static_cast<int>(kView)}, 5, 2, out), std::vector<int64_t>{1});
            QVERIFY(out[1].eq(77).all().item<bool>());
        }
        QCOMPARE(clips.readable_clips(), (std::vector<int64_t>{0, 1}));
    }

    void tooManyThatCannotBeReadEndTheWork() {
        SilentTask task;
        const auto lenient = store();
        views(lenient, {0, 2});
        lenient.tell_unreadable(task);
        auto strict = ClipStore({.cache = {.samples = kSamples}, .view = kView, .unreadable_share = 0.4},
                                {lenient.video(0), lenient.video(1), lenient.video(2)});
        strict.leave_out(0, {.message = "It is gone."}, true);
        strict.tell_unreadable(task);  // clip 0 was left out by agreement
        QVERIFY(!strict.readable(0));
        views(strict, {1, 2});
        try {
            strict.tell_unreadable(task);
            QFAIL("one of two is more than 0.4");
        } catch (const Error& e) {
            QVERIFY2(std::string(e.what()).find("1 of 2 clips cannot be read") != std::string::npos, e.what());
            QVERIFY2(std::string(e.what()).find("broken.mp4") != std::string::npos, e.what());
        }
    }

    void whatCannotBeReadIsNamed() {
        const auto clips = store();
        QVERIFY(clips.unreadable().empty());
        views(clips, {0, 2});
        QVERIFY(clips.readable(0) && !clips.readable(2));
        const auto problems = clips.unreadable();
        QCOMPARE(problems.size(), size_t{1});
        QCOMPARE(problems[0].first, int64_t{2});
        QVERIFY(!problems[0].second.message.empty());
    }
};

REST_TEST(TestClipStore)
#include "test_clip_store.moc"
