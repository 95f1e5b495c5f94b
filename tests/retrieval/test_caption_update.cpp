// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/kernels/ranges.h"
#include "core/retrieval/caption_update.h"
#include "core/retrieval/exact_scores.h"
#include "core/retrieval/gathered_scores.h"
#include "core/retrieval/neighbours.h"
#include "tests/retrieval/random_features.h"
#include "tests/support/golden.h"
#include "tests/support/processor_timer.h"
#include "tests/support/tensor_file.h"
#include "tests/support/test_device.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::retrieval;
using namespace rest::test;

namespace {

using Held = std::vector<std::vector<int32_t>>;
using Updated = std::vector<std::vector<ScoredCaption>>;

CaptionLists packed(const Held& held) {
    CaptionLists lists{{0}, {}};
    for (const auto& list : held) {
        lists.ids.insert(lists.ids.end(), list.begin(), list.end());
        lists.offsets.push_back(static_cast<int64_t>(lists.ids.size()));
    }
    return lists;
}

struct World {
    torch::Tensor videos, captions, neighbours;
    std::vector<std::string> texts;  // sorted differently than the ids
    Held held;
};

World make_world(int64_t n, int64_t c, int64_t longest, int64_t h, bool tied, uint64_t seed) {
    World w;
    w.videos = tied ? tied_features(n, 4, seed) : unit_features(n, 40, seed);
    w.captions = tied ? tied_features(c, 4, seed + 1) : unit_features(c, 40, seed + 1);
    SilentTask task;
    w.neighbours = nearest_neighbours(w.videos, {.h = h}, task);
    Random random(seed + 2);
    for (int64_t i = 0; i < c; ++i)
        w.texts.push_back("caption " + std::to_string(i * 7919 % c) + (i % 3 == 0 ? " é" : ""));
    for (int64_t i = 0; i < n; ++i) {
        std::vector<int32_t> list(random.below(static_cast<uint32_t>(longest) + 1));  // some are empty
        for (auto& id : list) id = static_cast<int32_t>(random.below(static_cast<uint32_t>(c)));
        w.held.push_back(list);
    }
    return w;
}

Updated updated(const World& w, int64_t k, int64_t tile_rows, torch::Device device = torch::kCPU) {
    SilentTask task;
    return update_captions(packed(w.held), w.neighbours, w.videos, w.captions, w.texts,
                           {.k = k, .tile_rows = tile_rows, .device = device}, task);
}

Updated by_brute_force(const World& w, int64_t k) {
    const auto scores = w.videos.to(torch::kFloat64).mm(w.captions.to(torch::kFloat64).t()).to(torch::kFloat32);
    Updated out;
    for (int64_t i = 0; i < w.videos.size(0); ++i) {
        std::vector<int32_t> holders = {static_cast<int32_t>(i)};
        const int32_t* row = w.neighbours.data_ptr<int32_t>() + i * w.neighbours.size(1);
        holders.insert(holders.end(), row, row + w.neighbours.size(1));
        std::vector<ScoredCaption> all;
        std::set<int32_t> seen;
        for (const int32_t holder : holders) {
            for (const int32_t id : w.held[holder]) {
                if (seen.insert(id).second) all.push_back({id, scores[i][id].item<float>(), holder});
            }
        }
        std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
            return a.score != b.score ? a.score > b.score : w.texts[a.id] < w.texts[b.id];
        });
        if (std::ssize(all) > k) all.resize(k);
        out.push_back(all);
    }
    return out;
}

void compare(const Updated& got, const Updated& wanted) {
    QCOMPARE(got.size(), wanted.size());
    for (size_t i = 0; i < got.size(); ++i) {
        QCOMPARE(got[i].size(), wanted[i].size());
        for (size_t r = 0; r < got[i].size(); ++r) {
            QCOMPARE(got[i][r].id, wanted[i][r].id);
            QVERIFY(got[i][r].score == wanted[i][r].score);
            QCOMPARE(got[i][r].source_video, wanted[i][r].source_video);
        }
    }
}

}  // namespace

class TestCaptionUpdate : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { kernels::use_threads(0); }

    /// The GPU's algorithm on the CPU: within the error that settling allows for.
    void gatheredScoresAreGuesses() {
        const auto videos = unit_features(9, 40, 1), texts = unit_features(500, 40, 2);
        const float error = guess_error(videos, texts, torch::kCPU);
        std::vector<std::vector<int32_t>> candidates(9);
        Random random(6);
        for (size_t v = 0; v < 9; ++v) {
            for (size_t i = 0; i < v * v; ++i) candidates[v].push_back(static_cast<int32_t>(random.below(500)));
        }
        const auto scores = gathered_scores(videos, texts, candidates);
        QCOMPARE(scores.size(), candidates.size());
        for (size_t v = 0; v < 9; ++v) {
            QCOMPARE(scores[v].size(), candidates[v].size());
            std::vector<float> exact(candidates[v].size());
            exact_dots(videos.data_ptr<float>() + v * 40, texts.data_ptr<float>(), candidates[v], 40, exact.data());
            for (size_t i = 0; i < exact.size(); ++i) QVERIFY(std::abs(scores[v][i] - exact[i]) <= error);
        }
        QVERIFY(gathered_scores(videos.narrow(0, 0, 2), texts, {{}, {}}) == (std::vector<std::vector<float>>(2)));
    }

    // As processes that share the work ask for them.
    void rangesOfVideosAreListsOfTheWhole() {
        for (const bool tied : {false, true}) {
            const World w = make_world(90, 60, 4, 20, tied, 31);
            const auto whole = updated(w, 3, 256);
            SilentTask task;
            for (const auto& [first, end] :
                 {std::pair<int64_t, int64_t>{0, 90}, {0, 31}, {31, 90}, {89, 90}, {90, 90}}) {
                compare(update_captions(packed(w.held), w.neighbours.narrow(0, first, end - first), w.videos,
                                        w.captions, w.texts, {.k = 3, .first = first, .tile_rows = 7}, task),
                        Updated(whole.begin() + first, whole.begin() + end));
            }
            QVERIFY_THROWS_EXCEPTION(Error, update_captions(packed(w.held), w.neighbours, w.videos, w.captions, w.texts,
                                                            {.k = 3, .first = 1}, task));
        }
    }

    void aGpuKeepsTheSame() {
        if (!torch::cuda::is_available()) QSKIP("No GPU here");
        for (const bool tied : {false, true}) {  // 900 captions of few distinct scores: more ties than the device keeps
            const World w = make_world(700, 900, 5, 60, tied, 21);
            SilentTask task;
            for (const int64_t k : {1, 3, 20}) {
                compare(update_captions(packed(w.held), w.neighbours, w.videos, w.captions, w.texts,
                                        {.k = k, .device = torch::kCUDA}, task),
                        updated(w, k, 256));
            }
        }
    }

    void golden() {
        REST_REFERENCE_OR_SKIP(folder, "golden/retrieval");
        const auto expected = read_json(folder / "expected.json");
        auto tensors = read_tensor_file(folder / "features.safetensors");
        World w;
        auto &video = tensors.at("video"), &text = tensors.at("text");
        w.videos = torch::from_blob(video.values.data(), video.shape).clone();
        w.captions = torch::from_blob(text.values.data(), text.shape).clone();
        w.texts = expected["captions"].get<std::vector<std::string>>();
        SilentTask task;
        w.neighbours = nearest_neighbours(w.videos, {.h = expected["h"].get<int64_t>(), .device = test_device()}, task);
        for (const auto& list : expected["lists"]) {
            auto& ids = w.held.emplace_back();
            for (const auto& caption : list) {
                const auto at = std::find(w.texts.begin(), w.texts.end(), caption.get<std::string>());
                QVERIFY(at != w.texts.end());
                ids.push_back(static_cast<int32_t>(at - w.texts.begin()));
            }
        }
        const auto got = updated(w, expected["k"], 256, test_device());
        const auto& wanted = expected["updated"];
        const double limit = allowed(expected.value("distances", nlohmann::json::object()), "scores", 1e-4);
        QCOMPARE(got.size(), wanted.size());
        for (size_t i = 0; i < got.size(); ++i) {
            QCOMPARE(got[i].size(), wanted[i].size());
            for (size_t r = 0; r < got[i].size(); ++r) {
                QCOMPARE(w.texts[got[i][r].id], wanted[i][r][0].get<std::string>());
                QVERIFY(std::abs(got[i][r].score - wanted[i][r][1].get<double>()) <= limit);
            }
        }
    }

    void equalsBruteForceWhateverTheTiles_data() {
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("h");
        QTest::addColumn<int>("k");
        QTest::addColumn<bool>("tied");
        for (const int n : {1, 2, 50, 131}) {
            for (const int h : {1, 9, 200}) {
                for (const int k : {1, 3, 1000}) {
                    for (const bool tied : {false, true}) {
                        QTest::addRow("n %d h %d k %d %s", n, h, k, tied ? "tied" : "random") << n << h << k << tied;
                    }
                }
            }
        }
    }

    void equalsBruteForceWhateverTheTiles() {
        QFETCH(int, n);
        QFETCH(int, h);
        QFETCH(int, k);
        QFETCH(bool, tied);
        const auto w = make_world(n, 3 * n, 6, h, tied, 11);
        const auto wanted = by_brute_force(w, k);
        for (const int64_t tile : {1, 7, 64, 256}) compare(updated(w, k, tile), wanted);
    }

    /// Once with few shared candidates (single dot products), once with all shared (matrix product over several parts).
    void bothWaysOfScoringAgree() {
        for (const int64_t h : {2, 300}) {
            const auto w = make_world(300, 20000, 60, h, false, 4);
            compare(updated(w, 5, 300), by_brute_force(w, 5));
            compare(updated(w, 5, 1), by_brute_force(w, 5));
        }
    }

    void theVideoItselfIsTheSourceBeforeACloserNeighbour() {
        World w;
        w.videos = torch::tensor({{1.f, 0.f}, {1.f, 0.f}, {0.f, 1.f}});
        w.captions = torch::tensor({{1.f, 0.f}, {0.6f, 0.8f}, {0.f, 1.f}});
        w.neighbours = torch::tensor({{0, 1}, {0, 1}, {2, 0}}, torch::kInt32);
        w.texts = {"a", "b", "c"};
        w.held = {{0}, {0, 1}, {2}};
        const auto got = updated(w, 3, 256);
        QCOMPARE(got[1].size(), size_t{2});
        QCOMPARE(got[1][0].source_video, 1);  // has it too, though video 0 comes first among its neighbours
        QCOMPARE(got[0][1].id, 1);
        QCOMPARE(got[0][1].source_video, 1);
        QCOMPARE(got[2][1].id, 0);
        QCOMPARE(got[2][1].source_video, 0);
        QCOMPARE(got[2].size(), size_t{2});
    }

    void theVideosOwnListCountsEvenWhenItIsNotAmongItsNeighbours() {
        World w;
        w.videos = torch::ones({2, 2});
        w.captions = torch::ones({2, 2});
        w.neighbours = torch::tensor({{0}, {0}}, torch::kInt32);  // as for duplicates with H = 1
        w.texts = {"second", "first"};
        w.held = {{0}, {1, 1}};
        const auto got = updated(w, 2, 256);
        QCOMPARE(got[1].size(), size_t{2});
        QCOMPARE(got[1][0].id, 1);  // equal scores: byte order of the texts
        QCOMPARE(got[1][0].source_video, 1);
        QCOMPARE(got[1][1].source_video, 0);
    }

    void tiesGoByBytesNotByLocale() {
        World w;
        w.videos = torch::ones({1, 2});
        w.captions = torch::ones({4, 2});
        w.neighbours = torch::zeros({1, 1}, torch::kInt32);
        w.texts = {"\xC3\xA9", "z", "a b", "a"};
        w.held = {{0, 1, 2, 3}};
        std::vector<int32_t> order;
        const auto got = updated(w, 4, 1);
        for (const auto& caption : got[0]) order.push_back(caption.id);
        QCOMPARE(order, (std::vector<int32_t>{3, 2, 1, 0}));
    }

    void nothingHeldNothingKept() {
        auto w = make_world(5, 4, 0, 3, false, 1);
        for (const auto& list : updated(w, 3, 2)) QVERIFY(list.empty());
        w.captions = torch::empty({0, 40});
        w.texts.clear();
        for (const auto& list : updated(w, 3, 2)) QVERIFY(list.empty());
    }

    void nonsenseIsRefused() {
        const auto good = make_world(5, 4, 3, 2, false, 1);
        const auto refused = [&](auto change, int64_t k = 3) {
            auto w = good;
            change(w);
            try {
                updated(w, k, 256);
            } catch (const Error& e) {
                return e.code() == ErrorCode::invalid_argument;
            }
            return false;
        };
        QVERIFY(!refused([](World&) {}));
        QVERIFY(refused([](World&) {}, 0));
        QVERIFY(refused([](World& w) { w.texts.pop_back(); }));
        QVERIFY(refused([](World& w) { w.held.pop_back(); }));
        QVERIFY(refused([](World& w) { w.held[0] = {4}; }));
        QVERIFY(refused([](World& w) { w.held[0] = {-1}; }));
        QVERIFY(refused([](World& w) { w.captions = w.captions.narrow(1, 0, 20); }));
        QVERIFY(refused([](World& w) { w.neighbours = w.neighbours.to(torch::kInt64); }));
        QVERIFY(refused([](World& w) { w.neighbours = w.neighbours + 4; }));
    }

    void fiveThousandVideos() {
        const auto w = make_world(5000, 15000, 4, 2000, false, 2);
        const test::ProcessorTimer clock;
        const auto got = updated(w, 3, 256);
        const double seconds = clock.seconds();
        qInfo("%.2f s", seconds);
        QVERIFY(seconds < 120);
        QCOMPARE(got.size(), size_t{5000});
        compare(updated(w, 3, 1000), got);
    }
};

REST_TEST(TestCaptionUpdate)
#include "test_caption_update.moc"
