// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/kernels/ranges.h"
#include "tests/support/test_program.h"

using rest::kernels::for_ranges;

namespace {

/// The ranges that for_ranges() passed to its body.
struct Parts {
    std::mutex mutex;
    std::set<std::thread::id> threads;
    std::vector<int> visits;

    Parts(int64_t count, int64_t grain) : visits(static_cast<size_t>(count)) {
        for_ranges(count, grain, [this](int64_t begin, int64_t end) {
            const std::lock_guard lock(mutex);
            threads.insert(std::this_thread::get_id());
            for (int64_t i = begin; i < end; ++i) ++visits[static_cast<size_t>(i)];
        });
    }
    bool each_once() const {
        return std::ranges::all_of(visits, [](int n) { return n == 1; });
    }
};

}  // namespace

class TestRanges : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() {
#ifdef __SANITIZE_THREAD__
        QSKIP("The sanitizer cannot see how OpenMP's threads wait for each other");
#endif
        at::set_num_threads(4);
    }

    void theWorkIsDoneOnSeveralThreads() {
        const Parts parts(100, 1);
        QCOMPARE(parts.threads.size(), size_t{4});
        QVERIFY(parts.each_once());
    }

    void littleWorkStaysOnTheCallersThread() {
        const Parts parts(100, 100);
        QCOMPARE(parts.threads, std::set{std::this_thread::get_id()});
        QVERIFY(parts.each_once());
        QVERIFY(Parts(0, 1).threads.empty());
    }

    void insideAnotherItStaysOnTheThread() {
        std::atomic<size_t> most = 0;
        for_ranges(4, 1, [&](int64_t, int64_t) { most = std::max(most.load(), Parts(100, 1).threads.size()); });
        QCOMPARE(most.load(), size_t{1});
    }

    void anExceptionReachesTheCaller() {
        const auto fail_at_the_end = [] {
            for_ranges(100, 1, [](int64_t, int64_t end) {
                if (end == 100) throw std::runtime_error("the last");
            });
        };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, fail_at_the_end());
    }
};

REST_TEST(TestRanges)
#include "test_ranges.moc"
