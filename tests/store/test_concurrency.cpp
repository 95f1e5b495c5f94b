// SPDX-License-Identifier: GPL-3.0-or-later
// One writer, several readers, and a writer that is killed.
#include <sys/wait.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <atomic>
#include <csignal>
#include <thread>

#include "tests/store/made_project.h"

using namespace rest;
using namespace rest::test;

namespace {

constexpr int64_t kVideos = 300;
constexpr int kPerVideo = 3;

/// All captions of a step name the step: a list that mixes two would show.
void putStep(Project& project, RunId run, int step, const std::vector<VideoId>& ids) {
    std::vector<std::vector<CaptionRecord>> lists;
    for (const VideoId id : ids) {
        std::vector<CaptionRecord> list;
        for (int rank = 0; rank < kPerVideo; ++rank) {
            list.push_back(
                made_caption("step " + std::to_string(step) + " rank " + std::to_string(rank), 1.0 / (rank + 1), id));
        }
        lists.push_back(std::move(list));
    }
    project.put_step(run, step, ids, lists);
}

/// What a reader sees is always a number of whole steps.
bool seesWholeSteps(const Project& reader, RunId run, const std::vector<VideoId>& ids) {
    const int last = reader.last_step(run);
    if (last < 0) return true;
    const auto texts = reader.caption_texts(run, last, ids);
    for (const auto& list : texts) {
        if (list.size() != kPerVideo || list[0] != "step " + std::to_string(last) + " rank 0") return false;
    }
    const auto history = reader.captions(run, ids.back());
    return history.size() >= static_cast<size_t>((last + 1) * kPerVideo);
}

}  // namespace

class TestConcurrency : public QObject {
    Q_OBJECT

  private slots:
    void readersSeeWholeStepsWhileOneWrites() {
        ProjectPlace place;
        Project writer = Project::create(place.folder());
        const auto ids = put_videos(writer, kVideos);
        const RunId run = writer.add_run("a", "{}");
        std::atomic<bool> done{false};
        std::atomic<int> failures{0};
        std::atomic<int64_t> looks{0};
        std::vector<std::thread> readers;
        for (int i = 0; i < 4; ++i) {
            readers.emplace_back([&] {
                try {
                    while (!done) {
                        const Project reader = Project::open(place.folder(), OpenMode::read_only);
                        for (int n = 0; n < 5; ++n, ++looks) {
                            if (!seesWholeSteps(reader, run, ids) || reader.videos().size() != ids.size()) ++failures;
                        }
                    }
                } catch (const std::exception& e) {
                    qWarning("reader: %s", e.what());
                    ++failures;
                }
            });
        }
        constexpr int kSteps = 30;
        for (int step = 0; step < kSteps; ++step) {
            putStep(writer, run, step, ids);
            const std::vector<MetricPoint> point = {{"loss", step, 1.0, step}};
            writer.add_metrics(run, point);
        }
        done = true;
        for (auto& reader : readers) reader.join();
        QCOMPARE(failures.load(), 0);
        QVERIFY(looks > 0);
        const Project reader = Project::open(place.folder(), OpenMode::read_only);
        QCOMPARE(reader.last_step(run), kSteps - 1);
        QCOMPARE(reader.captions(run, ids[0]).size(), size_t(kSteps * kPerVideo));
    }

    void aKilledWriterLeavesACleanProject() {
        ProjectPlace place;
        std::vector<VideoId> ids;
        RunId run = 0;
        {
            Project project = Project::create(place.folder());
            ids = put_videos(project, kVideos);
            run = project.add_run("a", "{}");
        }
        int steps_before = -1;
        for (int attempt = 0; attempt < 8; ++attempt) {
            int ready[2];
            QCOMPARE(::pipe(ready), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                Project project = Project::open(place.folder());
                for (int step = project.last_step(run) + 1;; ++step) {
                    putStep(project, run, step, ids);
                    if (::write(ready[1], "x", 1) != 1) ::_exit(1);
                }
            }
            char byte = 0;
            QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
            std::this_thread::sleep_for(std::chrono::microseconds(700 * attempt));
            QCOMPARE(::kill(child, SIGKILL), 0);
            ::waitpid(child, nullptr, 0);
            ::close(ready[0]);
            ::close(ready[1]);

            const Project project = Project::open(place.folder());  // the lock is free, quick_check finds no fault
            const int last = project.last_step(run);
            QVERIFY(last > steps_before);
            steps_before = last;
            QVERIFY(seesWholeSteps(project, run, ids));
            QVERIFY(project.captions(run, ids[0], last + 1).empty());
            QCOMPARE(project.captions(run, ids[kVideos - 1]).size(), static_cast<size_t>((last + 1) * kPerVideo));
        }
    }
};

QTEST_GUILESS_MAIN(TestConcurrency)
#include "test_concurrency.moc"
