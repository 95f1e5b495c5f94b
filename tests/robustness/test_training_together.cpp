// SPDX-License-Identifier: GPL-3.0-or-later
// Several processes of `rest train` that share one run over Gloo: they end with what one process ends with, go on when
// one is lost or asked to leave, and refuse those that are not alike.
#include <array>
#include <cmath>
#include <csignal>
#include <fstream>

#include "core/base/random.h"
#include "tests/robustness/made_run.h"
#include "tests/robustness/rest_group.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

constexpr int kEpochsTogether = 4;
constexpr int kLeft = 143;  // how a process says that SIGTERM ended it

/// A phase of the work, by what rank 0 says when it begins, and the longest wait from there to a kill.
struct Moment {
    const char* words;
    int longest_ms;
};
// From where all have met: nobody misses one that never came.
constexpr std::array kMoments = {
    Moment{"Running on", 400},       Moment{"CLIP features", 300}, Moment{"First captions", 600},
    Moment{"Updating captions", 60}, Moment{"CLIP-TAM", 300},      Moment{"Checkpoint of epoch", 60},
    Moment{"Epoch 2 of", 300},       Moment{"New captions", 200},  Moment{"Checkpoint of epoch 3", 60}};

bool has(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

std::vector<std::string> command(const fs::path& project, const std::vector<std::string>& more = {}) {
    auto out = train_command(project, kEpochsTogether);
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

/// Words as difference() has them, where weights and losses are not those of the same number of processes.
std::string near_difference(RunResult found, const RunResult& expected) {
    if (found.losses.size() != expected.losses.size()) return "there are other losses";
    for (size_t i = 0; i < found.losses.size(); ++i) {
        const double off = std::abs(found.losses[i] / expected.losses[i] - 1);
        if (!(off <= 1e-5)) return "loss " + std::to_string(i) + " is off by " + std::to_string(off);
    }
    found.losses = expected.losses;
    found.weights = expected.weights;
    return difference(found, expected);
}

}  // namespace

class TestTrainingTogether : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<MadeProject> made_;
    std::string log_;
    RunResult alone_;
    std::map<int, RunResult> together_;  // by number of processes
    Random random_{0};

    /// A run of so many that nothing happened to.
    const RunResult& unbroken(int size) {
        if (!together_.contains(size)) {
            const auto project = made_->fresh("unbroken");
            run_to_end(command(project), {.size = size});
            if (!QTest::currentTestFailed()) together_[size] = checked_result(project);
        }
        return together_[size];
    }

    void run_to_end(const std::vector<std::string>& arguments, const GroupStart& start) {
        RestGroup group(arguments, log_, start);
        for (const auto& end : group.ends()) QVERIFY2(end.status == 0, group.said().c_str());
    }

    /// Ends a training by SIGTERM to one of its processes when rank 0 has come so far.
    void leave(const std::vector<std::string>& arguments, int size, const char* words) {
        RestGroup group(arguments, log_, {.size = size});
        QVERIFY2(group.rank(0).wait_for(words), group.said().c_str());
        group.signal(size - 1, SIGTERM);
        for (const auto& end : group.ends()) QVERIFY2(end.status == kLeft, group.said().c_str());
    }

    void leave_alone(const std::vector<std::string>& arguments, const char* words) {
        RestProcess process(arguments, log_);
        QVERIFY2(process.wait_for(words), process.said().c_str());
        ::kill(static_cast<pid_t>(process.id()), SIGTERM);
        QVERIFY2(process.end().status == kLeft, process.said().c_str());
    }

    /// A list of the first clips' names.
    std::string list_of_clips(size_t count) const {
        const auto file = made_->folder() / "clips.txt";
        std::ofstream out(file);
        for (const auto& video : Project::open(made_->imported(), OpenMode::read_only).videos()) {
            if (video.split == dataset::Split::train && count > 0 && count-- > 0) out << video.name << '\n';
        }
        return file.string();
    }

  private Q_SLOTS:
    void initTestCase() {
        if (!REST_HAS_GLOO) QSKIP("This build has no Gloo");
        qputenv("XDG_STATE_HOME", dir_.path().toUtf8());
        const auto seed = static_cast<uint64_t>(QDateTime::currentMSecsSinceEpoch());
        random_ = Random(seed);
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        made_ = std::make_unique<MadeProject>(dir_.path().toStdString());
        log_ = (made_->folder() / "rest.log").string();
        const auto project = made_->fresh("alone");
        QCOMPARE(run_rest(command(project), log_).status, 0);
        alone_ = checked_result(project);
    }

    void asOneProcess_data() {
        QTest::addColumn<int>("size");
        for (const int size : {2, 4}) QTest::addRow("%d processes", size) << size;
    }

    void asOneProcess() {
        QFETCH(int, size);
        const auto& result = unbroken(size);
        QCOMPARE(near_difference(result, alone_), std::string());
    }

    void sevenVideosOverFour() {
        const std::vector<std::string> few = {"--set", "train_list=" + list_of_clips(7), "--set", "batch_size=4"};
        const auto one = made_->fresh("seven_one"), four = made_->fresh("seven_four");
        QCOMPARE(run_rest(command(one, few), log_).status, 0);
        run_to_end(command(four, few), {.size = 4});
        QCOMPARE(Project::open(four).run_clips(1, RunClipRole::train).size(), size_t{7});
        QCOMPARE(near_difference(checked_result(four), checked_result(one)), std::string());
    }

    // The others may give no sign of life for five seconds, and wait for a checkpoint that takes twelve.
    void aCheckpointLongerThanTheWait() {
        const auto project = made_->fresh("long");
        const auto report = (made_->folder() / "delayed").string();
        const RestGroup::Extra slow{
            .arguments = {},
            .variables = {{"LD_PRELOAD", (build_dir() / "tests" / "librest_failing_files.so").string()},
                          {"ASAN_OPTIONS", "verify_asan_link_order=0"},
                          {"REST_FAILING_FOLDER", (project / "checkpoints" / "run_1" / "epoch_0001.part").string()},
                          {"REST_FAILING_CALL", "2"},
                          {"REST_FAILING_DELAY", "12"},
                          {"REST_FAILING_REPORT", report}}};
        RestGroup group(command(project, {"--lost-after", "5"}), log_, {}, {slow});
        for (const auto& end : group.ends()) QVERIFY2(end.status == 0, group.said().c_str());
        std::ifstream lines(report);
        std::string line;
        QVERIFY(std::getline(lines, line) && has(line, "epoch_0001.part"));
        QCOMPARE(difference(checked_result(project), unbroken(2)), std::string());
    }

    // REST_KILLS=50 for more.
    void aLostWorkerEndsTheOthersAndTheRunGoesOn() {
        const int kills = qEnvironmentVariableIsSet("REST_KILLS") ? qEnvironmentVariableIntValue("REST_KILLS") : 3;
        for (int done = 0; done < kills;) {
            const int size = random_.chance(0.5) ? 2 : 4;
            const int lost = static_cast<int>(random_.below(static_cast<uint32_t>(size)));
            const auto& moment = random_.pick(kMoments);
            const auto project = made_->fresh("killed");
            const auto arguments = command(project, {"--lost-after", "10"});
            const std::string what =
                std::to_string(lost) + " of " + std::to_string(size) + " in \"" + moment.words + "\"";
            {
                RestGroup group(arguments, log_, {.size = size});
                group.rank(0).wait_for(moment.words);
                const auto patience = milliseconds(random_.below(static_cast<uint32_t>(moment.longest_ms)));
                const bool killed = group.rank(lost).end_after(patience).killed;
                const auto ends = group.ends();
                if (!killed) continue;  // it had ended before
                ++done;
                for (int rank = 0; rank < size; ++rank) {
                    if (rank == lost) continue;
                    const auto& end = ends[static_cast<size_t>(rank)];
                    QVERIFY2(!end.killed && end.status > 0, (what + "\n" + group.said()).c_str());
                    QVERIFY2(has(group.rank(rank).said(), "rank " + std::to_string(lost)) ||
                                 has(group.rank(rank).said(), "cannot join"),
                             (what + "\n" + group.said()).c_str());
                }
            }
            qInfo("%s", what.c_str());
            run_to_end(arguments, {.size = size, .attempt = 1});
            if (QTest::currentTestFailed()) return;
            const auto result = checked_result(project);
            QCOMPARE(Project::open(project).runs().size(), size_t{1});
            QVERIFY2(difference(result, unbroken(size)).empty(),
                     (what + ": " + difference(result, unbroken(size))).c_str());
        }
    }

    void askedToLeaveTheyKeepWhatIsDone() {
        const auto project = made_->fresh("left");
        leave(command(project), 4, "Epoch 2 of");
        const auto run = Project::open(project).runs().front();
        QCOMPARE(run.status, RunStatus::cancelled);
        run_to_end(command(project), {.size = 4});
        QCOMPARE(difference(checked_result(project), unbroken(4)), std::string());
    }

    void oneProcessKeepsItToo() {
        const auto project = made_->fresh("left_alone");
        for (const char* words : {"Epoch 1 of", "Epoch 2 of", "New captions"}) {
            leave_alone(command(project), words);
            if (QTest::currentTestFailed()) return;
        }
        QCOMPARE(run_rest(command(project), log_).status, 0);
        QCOMPARE(difference(checked_result(project), alone_), std::string());
    }

    void twoThenOneThenFour() {
        const auto project = made_->fresh("changing");
        leave(command(project), 2, "Epoch 1 of");
        if (QTest::currentTestFailed()) return;
        leave_alone(command(project), "Epoch 2 of");
        if (QTest::currentTestFailed()) return;
        run_to_end(command(project), {.size = 4});
        QCOMPARE(near_difference(checked_result(project), alone_), std::string());
    }

    void anotherCommandIsRefused() {
        const auto project = made_->fresh("refused");
        RestGroup group(command(project), log_, {.size = 3},
                        {{}, {}, {.arguments = {"--set", "seed=9"}, .variables = {}}});
        for (const auto& end : group.ends()) QCOMPARE(end.status, 2);
        for (int rank = 0; rank < 3; ++rank)
            QVERIFY2(has(group.rank(rank).said(), "it was asked seed = 9, not 1") &&
                         has(group.rank(rank).said(), "Rank 2 ("),
                     group.said().c_str());
        QVERIFY(Project::open(project).runs().empty());
    }

    void anotherModelIsRefused() {
        const auto project = made_->fresh("refused_model");
        const auto resources = made_->folder() / "resources";
        fs::copy(source_dir() / "resources", resources, fs::copy_options::recursive);
        std::fstream weights(resources / "demo" / "clip" / "model.safetensors",
                             std::ios::binary | std::ios::in | std::ios::out);
        weights.seekp(-2, std::ios::end);
        weights.put('\x02');
        weights.close();
        RestGroup group(command(project), log_, {},
                        {{}, {.arguments = {}, .variables = {{"REST_RESOURCES", resources.string()}}}});
        for (const auto& end : group.ends()) QCOMPARE(end.status, 2);
        for (int rank = 0; rank < 2; ++rank) {
            const auto said = group.rank(rank).said();
            QVERIFY2(has(said, "Rank 1 (") && has(said, "its CLIP is " + (resources / "demo" / "clip").string()),
                     group.said().c_str());
        }
    }
};

REST_TEST(TestTrainingTogether)
#include "test_training_together.moc"
