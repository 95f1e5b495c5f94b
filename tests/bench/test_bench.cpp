// SPDX-License-Identifier: GPL-3.0-or-later
// What `rest bench` counts and times. REST_BENCH_ALL=1 also runs the works at BLIP-base's size: half a minute and 4 GB.
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>
#include <thread>

#include "core/base/error.h"
#include "core/bench/bench.h"
#include "core/bench/flop_counts.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::bench;

namespace {

bool near(double a, double b, double share) {
    return std::abs(a - b) <= share * b;
}

/// Settings so small that only the models' own size matters.
BenchSettings small() {
    return {.threads = 1, .repeats = 1, .clips = 1, .videos = 200, .update_videos = 300};
}

/// A matrix product takes 2 m n k operations.
double product(double m, double k, double n) {
    return 2 * m * k * n;
}

}  // namespace

class TestBench : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void countsAreThoseOfThePublishedModels() {
        // 17.58 and 4.41 billion multiply-adds of ViT-B/16 and ViT-B/32, as their papers' tables list them.
        QVERIFY(near(vision_flop({}, false), 2 * 17.58e9, 0.01));
        QVERIFY(near(vision_flop({.patch = 32}, false), 2 * 4.41e9, 0.02));
    }

    void countsAreThoseOfTheProducts() {
        const double t = 5, seen = 7, h = 6, mlp = 11;
        const double layer =
            4 * product(t, h, h) + product(t, h, mlp) + product(t, mlp, h) + product(t, h, seen) + product(t, seen, h);
        QCOMPARE(layer_flop(t, seen, h, mlp), layer);
        // The adapter: 27 weights for each channel of each patch in each layer.
        QCOMPARE(vision_flop({}, true) - vision_flop({}, false), 12 * product(196 * 768, 27, 1));
        const checkpoint::TextSizes s{.hidden = 8, .layers = 3, .mlp = 16, .vocabulary = 50, .encoder_hidden = 12};
        QCOMPARE(memory_flop(s, 9), 3 * 2 * product(9, 12, 8));
        const double cross = 2 * product(4, 8, 8) + product(4, 8, 9) + product(4, 9, 8);
        const double head = product(2, 8, 8) + product(2, 8, 50);
        QCOMPARE(decoder_flop(s, 2, 4, 9, 2), 2 * (3 * (layer_flop(4, 4, 8, 16) + cross) + head));
    }

    void aCacheSavesWhatWasComputedBefore() {
        const checkpoint::TextSizes s{.hidden = 8, .layers = 3, .mlp = 16, .vocabulary = 50, .encoder_hidden = 12};
        QCOMPARE(generation_flop(s, 3, 4, 5, 9), decoder_flop(s, 3, 4, 9, 1));
        const double two_more = generation_flop(s, 3, 4, 7, 9) - generation_flop(s, 3, 4, 5, 9);
        double without_attention = 0;
        for (const double past : {4.0, 5.0}) without_attention += decoder_flop(s, 3, 1, 9, 1) + 3 * 3 * 4 * past * 8;
        QCOMPARE(two_more, without_attention);
    }

    void workIsTimedAfterAFirstRun() {
        int runs = 0;
        Work work{.name = "nap", .description = "20 ms", .flop = 1e6, .bytes = 4e6, .run = [&] {
                      ++runs;
                      std::this_thread::sleep_for(std::chrono::milliseconds(20));
                  }};
        SilentTask task;
        auto settings = small();
        for (const int repeats : {1, 2, 3}) {
            runs = 0;
            settings.repeats = repeats;
            const auto r = time_work(work, settings, {.flop_per_second = 1e9, .bytes_per_second = 1e9}, task);
            QCOMPARE(runs, repeats + 1);
            QVERIFY(r.fastest >= 0.02 && r.fastest <= r.median && r.median <= r.slowest);
            QCOMPARE(r.flop_per_second, 1e6 / r.median);
            QCOMPARE(r.share, 4e6 / r.median / 1e9);  // of the tighter limit
            QVERIFY(r.peak_bytes > 1 << 20);
            QCOMPARE(r.name, std::string("nap"));
        }
        runs = 0;
        settings.repeats = 0;  // works that cannot be repeated: the first run counts
        QVERIFY(time_work(work, settings, {}, task).median >= 0.02);
        QCOMPARE(runs, 1);
        work.bytes = 0;
        settings.repeats = 1;
        QCOMPARE(time_work(work, settings, {}, task).share, 0.0);
        task.control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, time_work(work, settings, {}, task));
    }

    void aRunOfSeveralUnitsTellsOnesTime() {
        Work work{.name = "naps",
                  .description = "4 of 20 ms",
                  .flop = 1e6,
                  .run = [] { std::this_thread::sleep_for(std::chrono::milliseconds(80)); },
                  .units = 4};
        SilentTask task;
        const auto r = time_work(work, small(), {.flop_per_second = 1e9}, task);
        QVERIFY(r.fastest >= 0.02 && r.fastest < 0.08);  // of one unit, not of the whole run
        QCOMPARE(r.flop_per_second, 1e6 / r.median);
    }

    void productsInFloat32AreHeldAgainstTheirOwnLimit() {
        Work work{.name = "nap", .description = "1 ms", .flop = 1e6, .run = [] {
                      std::this_thread::sleep_for(std::chrono::milliseconds(1));
                  }};
        SilentTask task;
        const Limits limits{.flop_per_second = 8e9, .float32_flop_per_second = 1e9};
        for (const bool float32 : {false, true}) {
            work.float32 = float32;
            const auto r = time_work(work, small(), limits, task);
            QCOMPARE(r.share, r.flop_per_second / (float32 ? 1e9 : 8e9));
        }
        work.float32 = true;  // if its limit was not measured, the other one applies
        const auto r = time_work(work, small(), {.flop_per_second = 8e9}, task);
        QCOMPARE(r.share, r.flop_per_second / 8e9);
    }

    void anUnknownWorkIsNamedWithThoseThereAre() {
        SilentTask task;
        try {
            run_bench("nap", small(), {}, task);
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::invalid_argument);
            const auto told = e.full_text();
            QVERIFY(told.find("\"nap\"") != std::string::npos);
            for (const auto& name : bench_names()) QVERIFY2(told.find(name) != std::string::npos, name.c_str());
        }
    }

    void theWorksRun_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("flop");
        QTest::newRow("neighbours") << "neighbours" << product(200, 512, 200);
        QTest::newRow("update") << "update" << product(300, 512, 3 * 3);
        QTest::newRow("clip-text") << "clip-text" << 0.0;
        if (!qEnvironmentVariableIsSet("REST_BENCH_ALL")) return;
        QTest::newRow("clip-image") << "clip-image" << 32 * vision_flop({.patch = 32}, false);
        QTest::newRow("encoder") << "encoder" << 8 * vision_flop({}, false);
        QTest::newRow("image") << "image" << 0.0;
        QTest::newRow("caption") << "caption" << 0.0;
        QTest::newRow("train") << "train" << 0.0;
    }

    void theWorksRun() {
        QFETCH(QString, name);
        QFETCH(double, flop);
        SilentTask task;
        const auto r = run_bench(name.toStdString(), small(), {.flop_per_second = 1e12}, task);
        QCOMPARE(QString::fromStdString(r.name), name);
        QVERIFY(!r.description.empty());
        QVERIFY(r.median > 0 && r.flop_per_second > 0);
        if (flop > 0) QVERIFY(near(r.flop_per_second * r.median, flop, 1e-9));
        QCOMPARE(r.share, r.flop_per_second / 1e12);
    }

    void limitsAreMeasured() {
        if (!qEnvironmentVariableIsSet("REST_BENCH_ALL"))
            QSKIP("takes as long as large matrix products do: REST_BENCH_ALL=1");
        const auto limits = measure_limits(small());
        QVERIFY(limits.flop_per_second > 1e8);
        QVERIFY(limits.bytes_per_second > 1e8);
    }
};

REST_TEST(TestBench)
#include "test_bench.moc"
