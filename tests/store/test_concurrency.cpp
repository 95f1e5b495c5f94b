// SPDX-License-Identifier: GPL-3.0-or-later
// One writer, several readers, and a writer that is killed.
#include <sys/wait.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <atomic>
#include <csignal>
#include <thread>

#include "core/base/random.h"
#include "tests/store/made_project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

namespace {

constexpr int64_t kVideos = 300;
constexpr int kPerVideo = 3;

/// All captions of a step contain its number: a list that mixes two steps would be detected.
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

/// A reader always sees a whole number of steps.
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

/// Writes forever and sends the number of each round to `out` after its last call has returned.
[[noreturn]] void writeUntilKilled(const std::filesystem::path& folder, RunId run, int first, int out) {
    Project project = Project::open(folder);
    const auto ids = project.videos();
    for (int round = first;; ++round) {
        const auto text = std::to_string(round);
        const std::vector<GeneratedCaption> captions = {
            {ids[round % kVideos].id, round, "caption " + text, "blip", "a video of ", 0, -1}};
        project.add_generated(run, captions);
        const std::vector<MetricPoint> points = {{"loss", round, 1.0 * round, 0},
                                                 {"learning_rate", round, 0.5 * round, 0}};
        project.add_metrics(run, points);
        project.set_setting("round", text);
        if (::write(out, &round, sizeof round) != sizeof round) ::_exit(1);
    }
}

/// What of the rounds up to this one is not stored exactly once.
std::string missingOf(const Project& project, RunId run, int last_round) {
    if (std::stoi(project.setting("round").value_or("-1")) < last_round) return "the setting";
    for (const char* name : {"loss", "learning_rate"}) {
        const auto points = project.metrics(run, name);
        if (std::ssize(points) <= last_round || std::ssize(points) > last_round + 3) return name;
        for (size_t i = 0; i < points.size(); ++i) {
            if (points[i].position != static_cast<int64_t>(i)) return name;
        }
    }
    for (int round = 0; round <= last_round; ++round) {
        const auto found = project.generated(run, round);
        if (found.size() != 1 || found[0].text != "caption " + std::to_string(round))
            return "the caption of round " + std::to_string(round);
    }
    return "";
}

}  // namespace

class TestConcurrency : public QObject {
    Q_OBJECT

  private Q_SLOTS:
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

    void whatWasAcknowledgedIsThereAfterAKill() {
        constexpr int kKills = 25;
        ProjectPlace place;
        RunId run = 0;
        {
            Project project = Project::create(place.folder());
            put_videos(project, kVideos);
            run = project.add_run("a", "{}");
        }
        Random random(31);
        int acknowledged = -1;
        for (int attempt = 0; attempt < kKills; ++attempt) {
            int ends[2];
            QCOMPARE(::pipe(ends), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(ends[0]);
                try {
                    // The interrupted round is written again: it must not be stored twice then.
                    writeUntilKilled(place.folder(), run, acknowledged + 1, ends[1]);
                } catch (const std::exception& e) {
                    qWarning("child: %s", e.what());
                    ::_exit(1);
                }
            }
            ::close(ends[1]);
            const auto wanted = static_cast<int>(1 + random.below(10));
            for (int i = 0; i < wanted; ++i)
                QCOMPARE(::read(ends[0], &acknowledged, sizeof acknowledged), ssize_t(sizeof acknowledged));
            std::this_thread::sleep_for(std::chrono::microseconds(random.below(3000)));
            QCOMPARE(::kill(child, SIGKILL), 0);
            ::waitpid(child, nullptr, 0);
            while (::read(ends[0], &acknowledged, sizeof acknowledged) == ssize_t(sizeof acknowledged)) {
            }
            ::close(ends[0]);
            const Project project = Project::open(place.folder());  // checks the whole database
            const auto missing = missingOf(project, run, acknowledged);
            QVERIFY2(missing.empty(), (missing + " after round " + std::to_string(acknowledged)).c_str());
        }
        qInfo("%d rounds acknowledged over %d kills", acknowledged + 1, kKills);
    }
};

REST_TEST(TestConcurrency)
#include "test_concurrency.moc"
