// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include <cmath>

#include "core/base/atomic_file.h"
#include "core/base/exact_dot.h"
#include "core/base/random.h"
#include "core/engine/inference/features_key.h"
#include "core/engine/inference/video_features.h"
#include "core/engine/measure/near_videos.h"
#include "core/engine/settings/train_settings.h"
#include "core/retrieval/neighbours.h"
#include "core/store/feature_file.h"
#include "tests/store/made_project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

namespace {

constexpr int64_t kVideos = 40, kDimensions = 12;

/// A run of all videos but the first, its features kept; row 5 is of a video that could not be read, rows 7 and 8 are
/// alike.
struct World {
    ProjectPlace place;
    std::optional<Project> project;
    std::vector<VideoRecord> videos;  // of the run
    RunId run = 0;
    Matrix features{kVideos - 1, kDimensions};

    explicit World(engine::TrainSettings settings = {}) {
        project = Project::create(place.folder());
        put_videos(*project, kVideos);
        videos = project->videos();
        videos.erase(videos.begin());
        std::swap(videos.front(), videos.back());  // the run's order, not the project's
        settings.retrieval.neighbours = 10;
        run = project->add_run("REST", engine::to_json(settings));
        std::vector<RunClip> clips;
        for (const auto& video : videos) clips.push_back({video.id, -1, video.file_bytes, video.file_time_ns});
        project->put_run_clips(run, clips, {});
        Random random(3);
        for (int64_t i = 0; i < features.rows; ++i) {
            double length = 0;
            for (float& value : features.row(i)) {
                value = i == 5 ? 0.f : static_cast<float>(random.below(2001)) / 1000.f - 1.f;
                length += value * value;
            }
            for (float& value : features.row(i)) value = length > 0 ? value / static_cast<float>(std::sqrt(length)) : 0;
        }
        std::ranges::copy(features.row(7), features.row(8).begin());
    }

    std::filesystem::path file() const { return project->features_dir() / "videos.features"; }
    void keep(const std::string& clip = "clip A") {
        const auto at = [&](int64_t i) -> const VideoRecord& { return videos[static_cast<size_t>(i)]; };
        write_features(file(), features, clip + " " + engine::features_key(8, 224, std::ssize(videos), at));
    }
    void finish_step(int step, const std::string& clip = "clip A") {
        const std::vector<VideoId> ids = {videos[0].id};
        const std::vector<std::vector<CaptionRecord>> lists = {{made_caption("a man", 0.3, ids[0])}};
        project->put_step(run, step, ids, lists);
        write_features(
            project->features_dir() / ("run_" + std::to_string(run) + "_step_" + std::to_string(step) + ".features"),
            Matrix(1, kDimensions), clip + " texts 1");
    }
    std::string refusal() const {
        const auto near = engine::NearVideos::open(*project, run);
        return near ? std::string() : near.error().message + " / " + near.error().remedy;
    }
};

}  // namespace

class TestNearVideos : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void theNeighboursThatTheRunRetrievesFrom() {
        World world;
        world.keep();
        world.finish_step(0);
        const auto near = engine::NearVideos::open(*world.project, world.run);
        QVERIFY2(near.has_value(), world.refusal().c_str());
        QCOMPARE(near->neighbours(), int64_t{9});
        SilentTask task;
        // What the retrieval itself finds among the videos that take part.
        std::vector<int64_t> members;
        for (int64_t i = 0; i < world.features.rows; ++i) {
            if (i != 5) members.push_back(i);
        }
        const auto all = engine::to_tensor(world.features).index_select(0, torch::tensor(members, torch::kInt64));
        const auto lists = retrieval::nearest_neighbours(all, {.h = 10}, task);
        for (size_t m = 0; m < members.size(); ++m) {
            const auto found = near->find(world.videos[static_cast<size_t>(members[m])].id, 9, {}, task);
            QVERIFY(found.has_value());
            std::vector<VideoId> expected, got;
            for (int64_t k = 0; k < 10; ++k) {
                const auto row = members[static_cast<size_t>(lists[static_cast<int64_t>(m)][k].item<int>())];
                if (row != members[m]) expected.push_back(world.videos[static_cast<size_t>(row)].id);
            }
            for (const auto& one : found->nearest) {
                got.push_back(one.video);
                const auto row = std::ranges::find(world.videos, one.video, &VideoRecord::id) - world.videos.begin();
                QCOMPARE(one.similarity,
                         exact_dot(world.features.row(members[m]).data(), world.features.row(row).data(), kDimensions));
            }
            // A video that is its neighbour's double may stand before it in its own list: then all ten are others.
            expected.resize(std::min(expected.size(), got.size()));
            QCOMPARE(got, expected);
        }
    }

    void othersAreMeasuredToo() {
        World world;
        world.keep();
        world.finish_step(0);
        const auto near = engine::NearVideos::open(*world.project, world.run);
        SilentTask task;
        const VideoId stranger = world.project->videos().front().id;
        const std::vector<VideoId> others = {world.videos[20].id, stranger, world.videos[5].id, world.videos[3].id};
        const auto found = near->find(world.videos[3].id, 0, others, task);
        QVERIFY(found && found->nearest.empty());
        QCOMPARE(found->others.size(), size_t{2});
        QCOMPARE(found->others[0].video, world.videos[20].id);
        QCOMPARE(found->others[0].similarity,
                 exact_dot(world.features.row(3).data(), world.features.row(20).data(), kDimensions));
        QVERIFY(std::abs(found->others[1].similarity - 1) < 1e-6f);

        const auto outside = near->find(stranger, 3, {}, task);
        QVERIFY(!outside && QString::fromStdString(outside.error().message).contains("none of those"));
        const auto lost = near->find(world.videos[5].id, 3, {}, task);
        QVERIFY(!lost && QString::fromStdString(lost.error().message).contains("took no part"));
        task.control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, near->find(world.videos[3].id, 3, {}, task));
    }

    void whatIsNotThereIsSaid() {
        World world;
        QVERIFY(world.refusal().starts_with("This run has not retrieved yet"));
        world.keep();
        world.finish_step(0, "clip B");
        QVERIFY2(world.refusal().starts_with("The CLIP features kept are those of another run"),
                 world.refusal().c_str());
        world.finish_step(1);
        QCOMPARE(world.refusal(), std::string());
        world.videos[4].file_bytes += 1;  // another file of that name: other features
        world.keep();
        QVERIFY(world.refusal().starts_with("The CLIP features kept are those of another run"));
        std::filesystem::remove(world.file());
        QVERIFY(world.refusal().starts_with("The CLIP features of this run's videos are not there"));
        QVERIFY(world.refusal().ends_with("begins."));
    }

    void runsThatRetrieveNothing() {
        engine::TrainSettings settings;
        settings.supervision.learn_from = engine::LearnFrom::class_names;
        QVERIFY(World(settings).refusal().starts_with("This run learns from class names"));
        World world;
        world.run = world.project->add_run("BLIP", "{}", RunKind::blip);
        QVERIFY(world.refusal().starts_with("A baseline retrieves nothing"));
        world.run = 99;
        QVERIFY(world.refusal().starts_with("The project has no run 99"));
    }

    void damageIsFound() {
        World world;
        world.keep();
        world.finish_step(0);
        const auto near = engine::NearVideos::open(*world.project, world.run);
        SilentTask task;
        auto bytes = read_file(world.file());
        bytes[bytes.size() - 9] = static_cast<char>(bytes[bytes.size() - 9] ^ 1);
        write_file_atomically(world.file(), bytes);
        const auto found = near->find(world.videos[3].id, 3, {}, task);
        QVERIFY(!found && QString::fromStdString(found.error().message).contains("damaged"));
        std::filesystem::remove(world.file());
        QVERIFY(!near->find(world.videos[3].id, 3, {}, task));
    }
};

REST_TEST(TestNearVideos)
#include "test_near_videos.moc"
