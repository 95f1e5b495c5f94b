// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <set>

#include "core/training/sampler.h"
#include "tests/support/test_program.h"

using namespace rest::training;

class TestSampler : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void anEpochVisitsEveryVideoOnce() {
        for (const int64_t count : {0, 1, 2, 7, 1000}) {
            auto order = epoch_order(count, 3, 5);
            std::ranges::sort(order);
            QCOMPARE(std::ssize(order), count);
            for (int64_t i = 0; i < count; ++i) QCOMPARE(order[static_cast<size_t>(i)], i);
        }
    }

    void theOrderIsAFunctionOfSeedAndEpoch() {
        QCOMPARE(epoch_order(50, 3, 5), epoch_order(50, 3, 5));
        QVERIFY(epoch_order(50, 3, 5) != epoch_order(50, 3, 6));
        QVERIFY(epoch_order(50, 3, 5) != epoch_order(50, 4, 5));
    }

    // 3,000 epochs of 5 videos: each is first 600 times on average, with a standard deviation of 22.
    void everyVideoIsFirstEquallyOften() {
        constexpr int kEpochs = 3000, kVideos = 5;
        std::vector<int> first(kVideos);
        for (int epoch = 0; epoch < kEpochs; ++epoch) ++first[static_cast<size_t>(epoch_order(kVideos, 1, epoch)[0])];
        for (const int times : first)
            QVERIFY2(std::abs(times - kEpochs / kVideos) < 5 * 22, qPrintable(QString::number(times)));
    }

    void noTwoUsesShareNumbers() {
        std::set<uint32_t> met;
        int drawn = 0;
        for (const auto purpose : {DrawPurpose::order, DrawPurpose::caption, DrawPurpose::augmentation}) {
            for (int64_t epoch = 0; epoch < 10; ++epoch) {
                for (int64_t video = 0; video < 10; ++video) {
                    met.insert(draw_for(purpose, 1, epoch, video).next());
                    ++drawn;
                }
            }
        }
        QCOMPARE(static_cast<int>(met.size()), drawn);
    }
};

REST_TEST(TestSampler)
#include "test_sampler.moc"
