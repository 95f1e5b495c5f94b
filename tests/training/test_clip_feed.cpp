// SPDX-License-Identifier: GPL-3.0-or-later
// Batches arrive complete and in order, prefetched by one; an error arrives with the batch that caused it. On the CPU.
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include <atomic>
#include <semaphore>
#include <set>
#include <stdexcept>
#include <thread>

#include "core/base/error.h"
#include "core/checkpoint/new_checkpoint.h"
#include "core/training/clip_feed.h"
#include "core/training/epoch.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::training;

namespace {

ClipFeedSettings batches(std::vector<int64_t> sizes, bool ahead = true) {
    return {.sizes = std::move(sizes), .clip_shape = {2, 3, 4, 4}, .ahead = ahead};
}

bool is_filled(const torch::Tensor& clips, int64_t with) {
    return (clips == with).all().item<bool>();
}

struct SmallTraining {
    model::GarModel model;
    FlatParameters flat;
    AdamW optimiser;

    static SmallTraining make() {
        checkpoint::ModelSizes sizes;
        sizes.vision = {.hidden = 16, .layers = 1, .heads = 2, .mlp = 32, .image = 32, .patch = 16};
        sizes.text = {
            .hidden = 16, .layers = 1, .heads = 2, .mlp = 32, .vocabulary = 50, .positions = 16, .encoder_hidden = 16};
        sizes.text.bos = 1;
        sizes.text.eos = 2;
        auto model = model::GarModel::from_checkpoint(
            checkpoint::new_checkpoint(checkpoint::CheckpointKind::blip_captioner, sizes, 3),
            {.temporal_adapter = false});
        auto flat = make_trainable(model);
        AdamW optimiser(flat, {0.9, 0.98, 1e-8, 0.001});
        return {std::move(model), std::move(flat), std::move(optimiser)};
    }

    /// Trains on five clips in batches of two; returns the reports.
    std::vector<BatchReport> train(const ClipLoader& loader, Task& task,
                                   const std::vector<int64_t>& videos = {0, 1, 2, 3, 4}, int64_t batch_size = 2) {
        std::vector<TrainExample> examples;
        for (const int64_t i : videos) examples.push_back({i, {1, 5, 6, 7, 10 + i, 2}});
        EpochSettings settings{.batch_size = batch_size, .frames = 2};
        settings.schedule = {1e-3, 1e-4, 10};
        std::vector<BatchReport> reports;
        const auto steps = train_epoch(model, optimiser, examples, loader, settings, task,
                                       [&](const BatchReport& report) { reports.push_back(report); });
        if (steps != std::ssize(reports)) throw std::logic_error("steps that were not reported");
        return reports;
    }
};

}  // namespace

class TestClipFeed : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void everyBatchComesInOrder() {
        for (const bool ahead : {true, false}) {
            ClipFeed feed(batches({3, 3, 3, 3, 1}, ahead),
                          [](int64_t i, const torch::Tensor& to) { to.fill_(10 + i); });
            for (int64_t i = 0; i < 5; ++i) {
                const auto clips = feed.next();
                QCOMPARE(clips.sizes().vec(), (std::vector<int64_t>{i < 4 ? 3 : 1, 2, 3, 4, 4}));
                QVERIFY(clips.is_contiguous() && is_filled(clips, 10 + i));
            }
            QVERIFY_THROWS_EXCEPTION(c10::Error, feed.next());
        }
    }

    void theNextBatchIsLoadedMeanwhileAndNoMore() {
        std::counting_semaphore<> begun(0);
        std::atomic<int64_t> most = -1;
        ClipFeed feed(batches({1, 1, 1, 1}), [&](int64_t i, const torch::Tensor& to) {
            to.fill_(i);
            most = i;
            begun.release();
        });
        for (int64_t i = 0; i < 4; ++i) {
            const auto clips = feed.next();
            if (i < 3) {  // this one (the first time) and the next are being loaded, without another call
                if (i == 0) begun.acquire();
                begun.acquire();
                QCOMPARE(most.load(), i + 1);
            }
            QVERIFY(is_filled(clips, i));
        }
    }

    void oneThreadAndTwoBuffersServeAll() {
        std::set<const void*> buffers;
        std::set<std::thread::id> threads;
        {
            ClipFeed feed(batches({2, 2, 2, 2, 2, 2}), [&](int64_t, const torch::Tensor& to) {
                buffers.insert(to.data_ptr());
                threads.insert(std::this_thread::get_id());
            });
            for (int i = 0; i < 6; ++i) feed.next();
        }
        QCOMPARE(buffers.size(), size_t{2});
        QCOMPARE(threads.size(), size_t{1});
        QVERIFY(!threads.contains(std::this_thread::get_id()));
    }

    void withoutLoadingAheadNoThreadIsUsed() {
        std::set<std::thread::id> threads;
        ClipFeed feed(batches({2, 2}, false),
                      [&](int64_t, const torch::Tensor&) { threads.insert(std::this_thread::get_id()); });
        feed.next();
        feed.next();
        QCOMPARE(threads, std::set<std::thread::id>{std::this_thread::get_id()});
    }

    void troubleComesWithItsBatch() {
        ClipFeed feed(batches({1, 1, 1, 1}), [](int64_t i, const torch::Tensor& to) {
            if (i == 2) throw std::runtime_error("the third");
            to.fill_(i);
        });
        QVERIFY(is_filled(feed.next(), 0));
        QVERIFY(is_filled(feed.next(), 1));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, feed.next());
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, feed.next());
    }

    void aFeedMayBeLeftAtAnyTime() {
        for (int taken = 0; taken <= 3; ++taken) {
            ClipFeed feed(batches({1, 1, 1}), [](int64_t i, const torch::Tensor& to) { to.fill_(i); });
            for (int i = 0; i < taken; ++i) feed.next();
        }
        ClipFeed never(batches({}), [](int64_t, const torch::Tensor&) {});
    }

    void anEpochThrowsWhatItsLoaderThrew() {
        auto training = SmallTraining::make();
        SilentTask task;
        int64_t asked = 0;
        const ClipLoader loader = [&](auto batch, const auto& to) {
            if (++asked == 3) throw Error(ErrorCode::no_space, "no room for frames");
            to.fill_(batch.front().video);
            return std::vector<int64_t>{};
        };
        QVERIFY_THROWS_EXCEPTION(Error, training.train(loader, task));
        QCOMPARE(training.optimiser.steps(), int64_t{2});
    }

    void anEpochIsTheSameEveryTime() {
        const ClipLoader loader = [](auto batch, const auto& to) {
            for (int64_t i = 0; i < std::ssize(batch); ++i) to[i].fill_(40 * batch[i].video);
            return std::vector<int64_t>{};
        };
        SilentTask task;
        auto first = SmallTraining::make(), second = SmallTraining::make();
        const auto reports = first.train(loader, task);
        second.train(loader, task);
        QCOMPARE(reports.size(), size_t{3});
        QVERIFY(torch::equal(first.flat.values, second.flat.values));
    }

    void whatCannotBeReadIsNotTrainedOn() {
        const auto load = [](auto batch, const auto& to, const std::set<int64_t>& lost) {
            std::vector<int64_t> places;
            for (int64_t i = 0; i < std::ssize(batch); ++i) {
                to[i].fill_(40 * batch[i].video);
                if (!lost.contains(batch[i].video)) continue;
                to[i].fill_(255);  // must not be used
                places.push_back(i);
            }
            return places;
        };
        SilentTask task;
        // Batches 0 1 | 2 3 | 4 lose 1, 2 and 3: the remaining batches are 0 | 4.
        auto holed = SmallTraining::make(), whole = SmallTraining::make();
        const auto reports = holed.train([&](auto b, const auto& to) { return load(b, to, {1, 2, 3}); }, task);
        const auto expected = whole.train([&](auto b, const auto& to) { return load(b, to, {}); }, task, {0, 4}, 1);
        QCOMPARE(reports.size(), size_t{2});
        for (size_t i = 0; i < 2; ++i) {
            QCOMPARE(reports[i].clips, int64_t{1});
            QCOMPARE(reports[i].step, expected[i].step);
            QCOMPARE(reports[i].loss, expected[i].loss);
        }
        QVERIFY(torch::equal(holed.flat.values, whole.flat.values));
        QCOMPARE(holed.optimiser.steps(), int64_t{2});
        auto none = SmallTraining::make();
        const auto before = none.flat.values.clone();
        QVERIFY(none.train([&](auto b, const auto& to) { return load(b, to, {0, 1, 2, 3, 4}); }, task).empty());
        QVERIFY(torch::equal(none.flat.values, before));
    }

    void anEpochThatIsCancelledEnds() {
        auto training = SmallTraining::make();
        SilentTask task;
        const ClipLoader loader = [&](auto, const auto& to) {
            to.fill_(0);
            task.control.cancel();
            return std::vector<int64_t>{};
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled, training.train(loader, task));
    }
};

REST_TEST(TestClipFeed)
#include "test_clip_feed.moc"
