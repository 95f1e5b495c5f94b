// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>
#include <atomic>
#include <thread>
#include <vector>

#include "core/kernels/cpu_blocks.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::kernels;

class TestCpuBlocks : public QObject {
    Q_OBJECT

    static constexpr int64_t kMegabyte = 1 << 20;
    static torch::Tensor megabytes(int64_t count) { return torch::empty({count * kMegabyte}, torch::kUInt8); }

  private Q_SLOTS:
    void init() {
        reuse_cpu_blocks(64 * kMegabyte);
        release_cpu_blocks();
    }

    void aFreedBlockServesTheNextTensorOfItsSize() {
        const void* first = nullptr;
        {
            const auto tensor = megabytes(16);
            first = tensor.data_ptr();
        }
        QCOMPARE(waiting_cpu_bytes(), 16 * kMegabyte);
        const auto smaller = megabytes(15);
        QCOMPARE(smaller.data_ptr(), first);
        QCOMPARE(waiting_cpu_bytes(), int64_t{0});
    }

    void aMuchSmallerTensorDoesNotTakeIt() {
        megabytes(16);
        const auto small = megabytes(8);
        QCOMPARE(waiting_cpu_bytes(), 16 * kMegabyte);
    }

    void noMoreWaitsThanTheLimit() {
        { const auto a = megabytes(40), b = megabytes(40); }
        QCOMPARE(waiting_cpu_bytes(), 40 * kMegabyte);
        release_cpu_blocks();
        QCOMPARE(waiting_cpu_bytes(), int64_t{0});
    }

    void smallTensorsAreLeftAlone() {
        torch::empty({1000});
        QCOMPARE(waiting_cpu_bytes(), int64_t{0});
    }

    void threadsShareBlocksWithoutMixingThem() {
        std::vector<std::thread> threads;
        std::atomic<int> wrong = 0;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([t, &wrong] {
                for (int i = 0; i < 50; ++i) {
                    const auto tensor = torch::full({(2 + i % 3) * kMegabyte}, t, torch::kUInt8);
                    if (tensor.min().item<int>() != t || tensor.max().item<int>() != t) ++wrong;
                }
            });
        }
        for (auto& thread : threads) thread.join();
        QCOMPARE(wrong.load(), 0);
    }
};

REST_TEST(TestCpuBlocks)
#include "test_cpu_blocks.moc"
