// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels' arithmetic and indexing, run on threads, against brute force by exact_dot(). No GPU, no CUDA headers.
#include "tests/support/cuda_emulation.h"

#include "core/retrieval/cuda/gathered_top.cu"
#include "core/retrieval/cuda/top_rows.cu"

#include <QtTest/QtTest>

#include <set>
#include <tuple>

#include "core/base/exact_dot.h"
#include "core/base/random.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::kernels::cuda;
using namespace rest::retrieval::cuda;

namespace {

constexpr unsigned kFew = 32;  // threads per block: each is an ordinary thread

/// Rows of d values, zero-padded to a multiple of 16.
struct Rows {
    int n, d, width;
    std::vector<float> values;

    Rows(int n, int d) : n(n), d(d), width((d + 15) / 16 * 16), values(static_cast<size_t>(n * width)) {}
    float* row(int i) { return values.data() + i * width; }
    const float* row(int i) const { return values.data() + i * width; }
    float exact(int i, const Rows& other, int j) const { return exact_dot(row(i), other.row(j), d); }
};

Rows random_rows(int n, int d, bool tied, Random& random) {
    Rows rows(n, d);
    for (int i = 0; i < n; ++i) {
        for (int k = 0; k < d; ++k)
            rows.row(i)[k] =
                tied ? (static_cast<float>(random.below(5)) - 2) / 4 : static_cast<float>(random.normal()) * 0.2f;
    }
    for (int i = 1; i < n; i += 5) std::copy_n(rows.row(0), d, rows.row(i));  // many copies of one row
    return rows;
}

using EmulatedLists = std::vector<std::vector<int32_t>>;

std::vector<int32_t> nearest(const Rows& rows, int video, int h) {
    std::vector<std::pair<float, int>> all;
    for (int j = 0; j < rows.n; ++j) all.emplace_back(-rows.exact(video, rows, j), j);
    std::sort(all.begin(), all.end());
    std::vector<int32_t> out;
    for (int k = 0; k < h; ++k) out.push_back(all[static_cast<size_t>(k)].second);
    return out;
}

/// The result of a tile of rows; crowded rows are redone with exact scores.
class EmulatedTile {
  public:
    EmulatedTile(const Rows& rows, std::vector<int32_t> videos, int h, float error)
        : rows_(rows),
          videos_(std::move(videos)),
          crowded_(videos_.size()),
          out_(videos_.size() * static_cast<size_t>(h)) {
        stride_ = (rows.n + 3) / 4 * 4;
        scores_.resize(videos_.size() * stride_);
        tile_ = {.scores = scores_.data(),
                 .stride = static_cast<int64_t>(stride_),
                 .features = rows.values.data(),
                 .n = rows.n,
                 .d = rows.width,
                 .h = h,
                 .first = 0,
                 .videos = videos_.data(),
                 .error = error,
                 .exact = false,
                 .out = out_.data(),
                 .crowded = crowded_.data(),
                 .crowded_count = &crowded_count_};
    }

    void guess(Random& random) {
        for (size_t r = 0; r < videos_.size(); ++r) {
            for (int j = 0; j < rows_.n; ++j) {
                const auto off = static_cast<float>(random.uniform() * 2 - 1) * tile_.error * 0.99f;
                scores_[r * stride_ + static_cast<size_t>(j)] = rows_.exact(videos_[r], rows_, j) + off;
            }
        }
    }

    void run(bool exact) {
        tile_.exact = exact;
        if (exact) {
            const dim3 grid{static_cast<unsigned>(blocks_for(rows_.n, kColumns)),
                            static_cast<unsigned>(videos_.size())};
            emulation::launch(grid, kFew, [&] { exact_rows_kernel(tile_, scores_.data()); });
        }
        const auto capacity = static_cast<int>(capacity_for(tile_.h, kFew));
        emulation::launch({static_cast<unsigned>(videos_.size())}, kFew, [&] { top_rows_kernel(tile_, capacity); });
    }

    std::vector<int32_t> crowded() const { return {crowded_.begin(), crowded_.begin() + crowded_count_}; }
    std::vector<int32_t> list(size_t r) const {
        const auto from = out_.begin() + static_cast<int64_t>(r) * tile_.h;
        return {from, from + tile_.h};
    }

  private:
    const Rows& rows_;
    std::vector<int32_t> videos_, crowded_, out_;
    std::vector<float> scores_;
    size_t stride_ = 0;
    int32_t crowded_count_ = 0;
    TopRows tile_{};
};

struct EmulatedHeld {
    std::vector<int64_t> offsets{0};
    std::vector<int32_t> ids;
};

using Captions = std::vector<std::tuple<float, int, int>>;  // score, id, holder

Captions best_captions(const Rows& videos, const Rows& texts, const EmulatedHeld& held, const int32_t* neighbours,
                       int h, int video, int kept) {
    Captions all;
    std::set<int> seen;
    for (int j = 0; j <= h; ++j) {
        const int holder = j == 0 ? video : neighbours[j - 1];
        for (auto at = held.offsets[static_cast<size_t>(holder)]; at < held.offsets[static_cast<size_t>(holder) + 1];
             ++at) {
            const int id = held.ids[static_cast<size_t>(at)];
            if (seen.insert(id).second) all.emplace_back(videos.exact(video, texts, id), id, holder);
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return std::get<0>(a) != std::get<0>(b) ? std::get<0>(a) > std::get<0>(b) : std::get<1>(a) < std::get<1>(b);
    });
    if (std::ssize(all) > kept) all.resize(static_cast<size_t>(kept));
    return all;
}

}  // namespace

class TestCudaRetrieval : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void listsAreExact_data() {
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("d");
        QTest::addColumn<int>("h");
        QTest::addColumn<bool>("tied");
        QTest::addColumn<float>("error");
        QTest::newRow("one video") << 1 << 3 << 1 << false << 1e-6f;
        QTest::newRow("all of few") << 37 << 17 << 37 << false << 1e-6f;
        QTest::newRow("odd sizes") << 1501 << 40 << 130 << false << 1e-5f;
        QTest::newRow("guesses far off") << 1501 << 16 << 61 << false << 0.02f;
        QTest::newRow("many ties") << 1203 << 4 << 100 << true << 1e-6f;
        QTest::newRow("more ties than fit") << 3001 << 2 << 9 << true << 1e-3f;
    }

    void listsAreExact() {
        QFETCH(int, n);
        QFETCH(int, d);
        QFETCH(int, h);
        QFETCH(bool, tied);
        QFETCH(float, error);
        Random random(7);
        const Rows rows = random_rows(n, d, tied, random);
        std::vector<int32_t> videos{0, n / 2, n - 1};
        EmulatedTile tile(rows, videos, h, error);
        tile.guess(random);
        tile.run(false);
        const auto crowded = tile.crowded();
        if (n == 3001) QVERIFY(!crowded.empty());
        for (size_t r = 0; r < videos.size(); ++r) {
            if (std::count(crowded.begin(), crowded.end(), videos[r]) == 0)
                QCOMPARE(tile.list(r), nearest(rows, videos[r], h));
        }
        if (crowded.empty()) return;
        EmulatedTile again(rows, crowded, h, 0);
        again.run(true);
        QVERIFY(again.crowded().empty());
        for (size_t r = 0; r < crowded.size(); ++r) QCOMPARE(again.list(r), nearest(rows, crowded[r], h));
    }

    void equalScoresNeverCrowdAnExactList() {
        Rows rows(2000, 16);
        std::fill(rows.values.begin(), rows.values.end(), 0.5f);
        EmulatedTile tile(rows, {5, 1999}, 300, 0);
        tile.run(true);
        QVERIFY(tile.crowded().empty());
        std::vector<int32_t> wanted(300);
        for (int i = 0; i < 300; ++i) wanted[static_cast<size_t>(i)] = i;
        QCOMPARE(tile.list(0), wanted);
        QCOMPARE(tile.list(1), wanted);
    }

    /// Also if the row is so long that some of the 16 sums end later than others, and for negative or zero scores.
    void dotsAreExactToTheLastBit() {
        Random random(3);
        for (const int d : {1, 15, 16, 17, 100, 512}) {
            Rows rows = random_rows(40, d, false, random);
            std::fill_n(rows.row(7), d, -0.0f);
            std::vector<float> scores(40);
            const int32_t video = 3;
            const TopRows tile{
                .stride = 40, .features = rows.values.data(), .n = 40, .d = rows.width, .videos = &video};
            emulation::launch({1, 1}, kFew, [&] { exact_rows_kernel(tile, scores.data()); });
            for (int j = 0; j < 40; ++j)
                QCOMPARE(std::bit_cast<uint32_t>(scores[static_cast<size_t>(j)] + 0.0f),
                         std::bit_cast<uint32_t>(rows.exact(3, rows, j) + 0.0f));
        }
    }

    void captionsAreTheBestWithTheirFirstHolder_data() {
        QTest::addColumn<int>("longest");
        QTest::addColumn<int>("h");
        QTest::addColumn<int>("window");
        QTest::addColumn<bool>("tied");
        QTest::newRow("short lists") << 3 << 50 << 64 << false;
        QTest::newRow("ties") << 3 << 50 << 64 << true;
        QTest::newRow("lists longer than the window") << 90 << 4 << 32 << true;
        QTest::newRow("fewer than wanted") << 1 << 2 << 64 << false;
        QTest::newRow("no captions at all") << 0 << 5 << 64 << false;
    }

    void captionsAreTheBestWithTheirFirstHolder() {
        QFETCH(int, longest);
        QFETCH(int, h);
        QFETCH(int, window);
        QFETCH(bool, tied);
        constexpr int n = 60, c = 130, d = 20, first = 50, count = 10, kept = 11;
        Random random(11);
        const Rows videos = random_rows(n, d, tied, random), texts = random_rows(c, d, tied, random);
        EmulatedHeld held;
        for (int i = 0; i < n; ++i) {
            for (auto left = random.below(static_cast<uint32_t>(longest + 1)); left > 0; --left)
                held.ids.push_back(static_cast<int32_t>(random.below(c)));
            held.offsets.push_back(std::ssize(held.ids));
        }
        std::vector<int32_t> neighbours;
        for (int i = 0; i < count; ++i) {
            for (int j = 0; j < h; ++j) neighbours.push_back(static_cast<int32_t>(random.below(n)));
            neighbours[static_cast<size_t>(i * h + h / 2)] = first + i;  // the video itself is not first in its row
        }
        std::vector<float> scores(count * kept);
        std::vector<int32_t> captions(count * kept), holders(count * kept);
        const GatheredTop tile{.videos = videos.values.data(),
                               .texts = texts.values.data(),
                               .offsets = held.offsets.data(),
                               .ids = held.ids.data(),
                               .neighbours = neighbours.data(),
                               .first = first,
                               .d = videos.width,
                               .h = h,
                               .kept = kept,
                               .scores = scores.data(),
                               .captions = captions.data(),
                               .holders = holders.data()};
        emulation::launch({count}, kFew, [&] { gathered_top_kernel(tile, window); });
        for (int v = 0; v < count; ++v) {
            Captions got;
            for (auto i = static_cast<size_t>(v * kept); i < static_cast<size_t>((v + 1) * kept); ++i) {
                if (captions[i] >= 0) got.emplace_back(scores[i], captions[i], holders[i]);
            }
            QVERIFY(got == best_captions(videos, texts, held, neighbours.data() + v * h, h, first + v, kept));
        }
    }

    /// Two warps: sums and selections across warps.
    void blocksOfSeveralWarpsAgree() {
        constexpr int n = 700, h = 90;
        Random random(5);
        const Rows rows = random_rows(n, 24, true, random);
        std::vector<float> scores(n);
        for (int j = 0; j < n; ++j) scores[static_cast<size_t>(j)] = rows.exact(9, rows, j);
        const int32_t video = 9;
        std::vector<int32_t> out(h), crowded(1), neighbours(n), captions(5), holders(5);
        int32_t crowded_count = 0;
        const TopRows tile{.scores = scores.data(),
                           .stride = n,
                           .features = rows.values.data(),
                           .n = n,
                           .d = rows.width,
                           .h = h,
                           .videos = &video,
                           .error = 1e-6f,
                           .out = out.data(),
                           .crowded = crowded.data(),
                           .crowded_count = &crowded_count};
        emulation::launch({1}, 64, [&] { top_rows_kernel(tile, static_cast<int>(capacity_for(h, 64))); });
        QCOMPARE(crowded_count, 0);
        QCOMPARE(out, nearest(rows, 9, h));
        EmulatedHeld held;
        for (int i = 0; i < n; ++i) {
            neighbours[static_cast<size_t>(i)] = n - 1 - i;
            for (int k = i % 4; k > 0; --k) held.ids.push_back((i * 31 + k) % n);
            held.offsets.push_back(std::ssize(held.ids));
        }
        std::vector<float> best(5);
        const GatheredTop gathered{.videos = rows.values.data(),
                                   .texts = rows.values.data(),
                                   .offsets = held.offsets.data(),
                                   .ids = held.ids.data(),
                                   .neighbours = neighbours.data(),
                                   .first = 0,
                                   .d = rows.width,
                                   .h = n,
                                   .kept = 5,
                                   .scores = best.data(),
                                   .captions = captions.data(),
                                   .holders = holders.data()};
        emulation::launch({1}, 64, [&] { gathered_top_kernel(gathered, 100); });
        const auto wanted = best_captions(rows, rows, held, neighbours.data(), n, 0, 5);
        for (size_t i = 0; i < 5; ++i) QVERIFY(std::tuple(best[i], captions[i], holders[i]) == wanted[i]);
    }
};

REST_TEST(TestCudaRetrieval)
#include "test_cuda_retrieval.moc"
