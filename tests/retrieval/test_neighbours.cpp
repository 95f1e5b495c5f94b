// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <fstream>
#include <numeric>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/kernels/ranges.h"
#include "core/retrieval/device_neighbours.h"
#include "core/retrieval/exact_scores.h"
#include "core/retrieval/neighbours.h"
#include "core/retrieval/top_list.h"
#include "tests/retrieval/random_features.h"
#include "tests/support/processor_timer.h"
#include "tests/support/reference.h"
#include "tests/support/tensor_file.h"
#include "tests/support/test_device.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::retrieval;
using namespace rest::test;

namespace {

using Lists = std::vector<std::vector<int32_t>>;

Lists as_lists(const torch::Tensor& neighbours) {
    Lists out;
    const int32_t* at = neighbours.data_ptr<int32_t>();
    for (int64_t i = 0; i < neighbours.size(0); ++i, at += neighbours.size(1))
        out.emplace_back(at, at + neighbours.size(1));
    return out;
}

Lists neighbours_by_brute_force(const torch::Tensor& features, int64_t h) {
    const auto exact = features.to(torch::kFloat64);
    const auto scores = exact.mm(exact.t()).to(torch::kFloat32);
    const int64_t n = features.size(0);
    Lists out;
    for (int64_t i = 0; i < n; ++i) {
        const float* row = scores.data_ptr<float>() + i * n;
        std::vector<int32_t> order(n);
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [row](int32_t a, int32_t b) { return row[a] > row[b]; });
        order.resize(std::min(h, n));
        out.push_back(order);
    }
    return out;
}

Lists found(const torch::Tensor& features, const NeighbourSettings& settings) {
    SilentTask task;
    return as_lists(nearest_neighbours(features, settings, task));
}

Lists found(const torch::Tensor& features, int64_t h, int64_t tile_rows, int64_t tile_columns) {
    return found(features, {.h = h, .tile_rows = tile_rows, .tile_columns = tile_columns});
}

/// The GPU's algorithm on the CPU.
Lists found_by_device(const torch::Tensor& features, const NeighbourSettings& settings) {
    SilentTask task;
    return as_lists(neighbours_by_device(features, settings, guess_error(features, features, torch::kCPU), task));
}

/// This process's peak memory since the last reset (VmHWM) or present memory (VmRSS), in bytes.
int64_t memory(const char* field) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field)) return std::stoll(line.substr(line.find(':') + 1)) * 1024;
    }
    return -1;
}

}  // namespace

class TestNeighbours : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { kernels::use_threads(0); }

    void golden() {
        REST_REFERENCE_OR_SKIP(folder, "golden/retrieval");
        const auto expected = read_json(folder / "expected.json");
        auto tensors = read_tensor_file(folder / "features.safetensors");
        auto& video = tensors.at("video");
        const auto features = torch::from_blob(video.values.data(), video.shape).clone();
        QCOMPARE(found(features, {.h = expected["h"], .device = test_device()}), expected["neighbours"].get<Lists>());
    }

    void equalsBruteForceWhateverTheTiles_data() {
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("h");
        QTest::addColumn<bool>("tied");
        for (const int n : {1, 2, 63, 200, 777}) {
            for (const int h : {1, 7, 300, 1000}) {
                for (const bool tied : {false, true}) {
                    QTest::addRow("n %d h %d %s", n, h, tied ? "tied" : "random") << n << h << tied;
                }
            }
        }
    }

    void equalsBruteForceWhateverTheTiles() {
        QFETCH(int, n);
        QFETCH(int, h);
        QFETCH(bool, tied);
        const auto features = tied ? tied_features(n, 4, 3) : unit_features(n, 40, 3);
        const auto wanted = neighbours_by_brute_force(features, h);
        QCOMPARE(found(features, h, 1024, 16384), wanted);
        if (n < 100) QCOMPARE(found(features, h, 1, 1), wanted);
        QCOMPARE(found(features, h, 17, 50), wanted);
        QCOMPARE(found(features, h, 64, 129), wanted);
        QCOMPARE(found(features, {.h = h, .tile_rows = 10, .tile_columns = 50, .list_bytes = 35 * TopList::bytes(h)}),
                 wanted);
        QCOMPARE(found(features, {.h = h, .tile_rows = 100, .tile_columns = 33, .list_bytes = 0}), wanted);
        QCOMPARE(found_by_device(features, {.h = h}), wanted);
        QCOMPARE(found_by_device(features, {.h = h, .tile_rows = 100, .tile_columns = 90}), wanted);
    }

    // As processes that share the work ask for them.
    void rangesOfVideosAreRowsOfTheWhole() {
        const auto features = unit_features(203, 40, 3);
        const auto whole = found(features, {.h = 30});
        for (const auto& [first, end] :
             {std::pair<int64_t, int64_t>{0, 203}, {0, 50}, {50, 51}, {51, 203}, {203, 203}}) {
            const Lists rows(whole.begin() + first, whole.begin() + end);
            const VideoRange of{first, end};
            QCOMPARE(found(features, {.h = 30, .of = of}), rows);
            QCOMPARE(found(features, {.h = 30, .of = of, .tile_rows = 7, .tile_columns = 19, .list_bytes = 0}), rows);
            QCOMPARE(found_by_device(features, {.h = 30, .of = of, .tile_rows = 20}), rows);
        }
        SilentTask task;
        for (const VideoRange of : {VideoRange{-1, 5}, VideoRange{6, 5}, VideoRange{0, 204}})
            QVERIFY_THROWS_EXCEPTION(Error, nearest_neighbours(features, {.h = 3, .of = of}, task));
    }

    void aGpuFindsTheSame() {
        if (!torch::cuda::is_available()) QSKIP("No GPU here");
        for (const bool tied : {false, true}) {
            const auto features = tied ? tied_features(3001, 4, 3) : unit_features(3001, 40, 3);
            for (const int64_t h : {1, 300, 3001}) {
                QCOMPARE(found(features, {.h = h, .device = torch::kCUDA}), found(features, {.h = h}));
            }
        }
        const auto copies = unit_features(3, 24, 9).repeat({3000, 1});
        QCOMPARE(found(copies, {.h = 20, .device = torch::kCUDA}), found(copies, {.h = 20}));
    }

    /// More rows have equal scores than the device keeps.
    void tiesBeyondWhatADeviceKeepsAreSettledOnTheHost() {
        const auto features = unit_features(3, 24, 9).repeat({1000, 1});
        QCOMPARE(found_by_device(features, {.h = 20, .tile_rows = 512, .tile_columns = 700}),
                 neighbours_by_brute_force(features, 20));
    }

    /// Copies of one video tie exactly, also where scores from a matrix product would differ in the last bit.
    void copiesGoByIndex() {
        const auto distinct = unit_features(10, 512, 5);
        const auto features = distinct.repeat({90, 1});
        for (const int64_t columns : {37, 256, 900}) {
            const auto lists = found(features, 100, 128, columns);
            for (int32_t i = 0; i < 900; ++i) {
                for (int32_t j = 0; j < 90; ++j) QCOMPARE(lists[i][j], i % 10 + 10 * j);
                QCOMPARE(lists[i], lists[i % 10]);
            }
        }
    }

    void allEqual() {
        const auto lists = found(torch::ones({2000, 3}), 5, 300, 700);
        for (const auto& list : lists) QCOMPARE(list, (std::vector<int32_t>{0, 1, 2, 3, 4}));
    }

    void noVideosNoNeighbours() {
        SilentTask task;
        QCOMPARE(nearest_neighbours(torch::empty({0, 8}), {}, task).size(0), int64_t{0});
    }

    void nonsenseIsRefused() {
        SilentTask task;
        QVERIFY_THROWS_EXCEPTION(Error, nearest_neighbours(torch::ones({3, 2}), {.h = 0}, task));
        QVERIFY_THROWS_EXCEPTION(Error, nearest_neighbours(torch::ones({3, 2}), {.tile_rows = 0}, task));
        QVERIFY_THROWS_EXCEPTION(Error, nearest_neighbours(torch::ones({3}), {}, task));
        QVERIFY_THROWS_EXCEPTION(Error, nearest_neighbours(torch::ones({3, 2}, torch::kFloat64), {}, task));
        auto broken = torch::ones({3, 2});
        broken[1][0] = std::nanf("");
        try {
            nearest_neighbours(broken, {}, task);
            QFAIL("must throw");
        } catch (const Error& e) {
            QVERIFY(std::string(e.what()).find("row 1") != std::string::npos);
        }
    }

    void cancels() {
        SilentTask task;
        task.control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, nearest_neighbours(torch::ones({3, 2}), {}, task));
        QVERIFY_THROWS_EXCEPTION(Cancelled, neighbours_by_device(torch::ones({3, 2}), {}, 1e-6f, task));
    }

    void fiveThousandVideosNeedNoSquareMatrix() {
        constexpr int64_t n = 5000, h = 500;
        const auto features = unit_features(n, 512, 1);
        SilentTask task;
        found(features.narrow(0, 0, 300), 10, 128, 128);  // allocates threads and buffers that stay
        std::ofstream("/proc/self/clear_refs") << "5";
        const int64_t before = memory("VmRSS");
        const test::ProcessorTimer clock;
        const auto neighbours =
            nearest_neighbours(features, {.h = h, .tile_rows = 256, .tile_columns = 1024, .list_bytes = 8 << 20}, task);
        const double seconds = clock.seconds();
        const int64_t more = memory("VmHWM") - before;
        qInfo("%.2f s, %.1f MB at most beside the features", seconds, static_cast<double>(more) / 1e6);
        QVERIFY(seconds < 120);
#ifndef REST_INSTRUMENTED
        const int64_t result = n * h * 4, square = n * n * 4;
        if (memory("VmHWM") > 0) QVERIFY(more < result + square / 4);
#endif
        for (int64_t i = 0; i < n; ++i) QCOMPARE(neighbours.data_ptr<int32_t>()[i * h], static_cast<int32_t>(i));
    }
};

REST_TEST(TestNeighbours)
#include "test_neighbours.moc"
