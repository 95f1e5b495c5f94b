// SPDX-License-Identifier: GPL-3.0-or-later
// Real runs of `rest` killed at random moments: the project must open, hold nothing twice, and the resumed run must end with
// the weights and captions of one that nothing happened to.
#include <QtTest/QtTest>

#include <fstream>
#include <map>

#include "core/base/file_checksum.h"
#include "core/base/random.h"
#include "core/demo/generator.h"
#include "core/store/project.h"
#include "tests/robustness/rest_process.h"

using namespace rest;
using rest::test::run_rest;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

constexpr int kKillsInPassing = 8;

int wanted_kills() { return qEnvironmentVariableIsSet("REST_KILLS") ? qEnvironmentVariableIntValue("REST_KILLS") : kKillsInPassing; }

/// Everything of a run that must not depend on what happened to the program.
struct Outcome {
    uint32_t weights = 0;
    std::vector<std::string> captions;     // every step's lists, in order
    std::vector<std::string> predictions;  // every epoch's
    std::vector<double> losses;

    bool operator==(const Outcome&) const = default;
};

Outcome outcome_of(const Project& project, RunId run) {
    Outcome out;
    char epoch[32];
    std::snprintf(epoch, sizeof epoch, "epoch_%04d", project.run(run)->epoch);
    out.weights = file_checksum(project.checkpoints_dir(run) / epoch / "model.safetensors");
    for (const auto& video : project.videos()) {
        for (const auto& c : project.captions(run, video.id)) {
            out.captions.push_back(video.name + " " + std::to_string(c.step) + " " + std::to_string(c.clip_score) + " " + c.text);
        }
    }
    for (const int e : project.prediction_epochs(run)) {
        for (const auto& p : project.predictions(run, e)) out.predictions.push_back(std::to_string(e) + " " + p.caption);
    }
    for (const auto& point : project.metrics(run, "loss")) out.losses.push_back(point.value);
    return out;
}

std::vector<std::string> video_rows(const Project& project) {
    std::vector<std::string> rows;
    for (const auto& v : project.videos()) {
        rows.push_back(v.name + " " + std::to_string(v.label) + " " + std::to_string(v.frames) + " " + v.problem);
    }
    std::ranges::sort(rows);
    return rows;
}

}  // namespace

class TestKill : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path folder_, imported_;
    std::string log_;
    Outcome unbroken_;
    milliseconds whole_{0};
    uint64_t draws_ = 0;

    std::vector<std::string> train_command(const fs::path& project) const {
        return {"train", project.string(), "--preset", "demo", "--set", "epochs=4", "--set", "epochs_per_retrieval=2",
                "--set", "retrievals=2", "--set", "neighbours=6", "--set", "augment=true", "--set", "threads=1"};
    }

    milliseconds random_patience(milliseconds longest) {
        return milliseconds(20 + Random(static_cast<uint64_t>(QDateTime::currentMSecsSinceEpoch()), ++draws_)
                                     .below(static_cast<uint32_t>(longest.count())));
    }

    fs::path fresh(const std::string& name) const {
        const auto project = folder_ / (name + ".rest");
        fs::remove_all(project);
        fs::copy(imported_, project, fs::copy_options::recursive);
        return project;
    }

    /// The lines of the programs that were killed say where it happened.
    void tell_if_failed() const {
        if (!QTest::currentTestFailed()) return;
        std::ifstream in(log_);
        qWarning() << std::string(std::istreambuf_iterator<char>(in), {}).c_str();
    }

 private Q_SLOTS:
    void initTestCase() {
        folder_ = dir_.path().toStdString();
        log_ = (folder_ / "rest.log").string();
        qputenv("XDG_STATE_HOME", dir_.path().toUtf8());
        SilentTask task;
        generate_world(folder_ / "world", {.seed = 5, .train_per_class = 1, .val_per_class = 1}, task);
        imported_ = Project::create(folder_ / "imported").folder();
        QCOMPARE(run_rest({"import", imported_.string(), (folder_ / "world").string()}, log_).status, 0);
        const auto project = fresh("unbroken");
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(run_rest(train_command(project), log_).status, 0);
        whole_ = milliseconds(clock.elapsed());
        unbroken_ = outcome_of(Project::open(project, OpenMode::read_only), 1);
        QVERIFY(!unbroken_.captions.empty() && !unbroken_.predictions.empty() && !unbroken_.losses.empty());
    }

    void cleanup() const { tell_if_failed(); }

    void imports() {
        const auto expected = video_rows(Project::open(imported_, OpenMode::read_only));
        int kills = 0;
        for (int round = 0; kills < std::max(2, wanted_kills() / 8); ++round) {
            QVERIFY2(round < 100, "imports end before they can be killed");
            const auto folder = folder_ / "import.rest";
            fs::remove_all(folder);
            (void)Project::create(folder);
            while (run_rest({"import", folder.string(), (folder_ / "world").string()}, log_, random_patience(milliseconds(400))).killed) {
                ++kills;
                const auto rows = video_rows(Project::open(folder));  // checks the whole database
                QVERIFY(std::ranges::adjacent_find(rows) == rows.end());
            }
            QCOMPARE(video_rows(Project::open(folder)), expected);
        }
        qInfo("%d kills of imports", kills);
    }

    void training() {
        int kills = 0, runs = 0;
        while (kills < wanted_kills()) {
            const auto folder = fresh("killed");
            ++runs;
            for (bool finished = false; !finished;) {
                auto command = train_command(folder);
                if (!Project::open(folder, OpenMode::read_only).runs().empty()) command = {"train", folder.string(), "--resume"};
                const auto end = run_rest(command, log_, random_patience(whole_));
                kills += end.killed;
                finished = !end.killed;
                if (finished) QCOMPARE(end.status, 0);
                const auto project = Project::open(folder);
                QVERIFY(project.runs().size() <= 1);
            }
            const auto project = Project::open(folder);
            QCOMPARE(project.runs().front().status, RunStatus::finished);
            const auto outcome = outcome_of(project, 1);
            QCOMPARE(outcome.weights, unbroken_.weights);
            QCOMPARE(outcome.captions, unbroken_.captions);
            QCOMPARE(outcome.predictions, unbroken_.predictions);
            QVERIFY(outcome.losses == unbroken_.losses);
        }
        qInfo("%d kills over %d runs, each as the unbroken one in the end", kills, runs);
    }

    void evaluations() {
        const auto folder = fresh("evaluated");
        int kills = 0, tries = 0;
        while (kills < std::max(2, wanted_kills() / 8) && ++tries < 400) {
            kills += run_rest({"evaluate", folder.string(), "--baseline", "clip"}, log_, random_patience(milliseconds(2500))).killed;
            const auto project = Project::open(folder);
            QVERIFY(project.runs().size() <= 1);
            for (const auto& run : project.runs()) {
                const auto stored = project.predictions(run.id, 0).size();
                QVERIFY(stored == 0 || stored == 24);
            }
        }
        QCOMPARE(run_rest({"evaluate", folder.string(), "--baseline", "clip"}, log_).status, 0);
        qInfo("%d kills of evaluations", kills);
    }

    void aDamagedCheckpointGivesWayToTheOneBefore() {
        const auto folder = fresh("damaged");
        while (true) {
            auto command = train_command(folder);
            if (!Project::open(folder, OpenMode::read_only).runs().empty()) command = {"train", folder.string(), "--resume"};
            if (!run_rest(command, log_, whole_ * 3 / 4).killed) break;
            std::map<std::string, fs::path> checkpoints;
            const auto run_folder = folder / "checkpoints" / "run_1";
            if (!fs::exists(run_folder)) continue;
            for (const auto& entry : fs::directory_iterator(run_folder)) {
                if (entry.path().extension() != ".part") checkpoints[entry.path().filename()] = entry.path();
            }
            if (checkpoints.size() < 2) continue;
            std::fstream file(checkpoints.rbegin()->second / "model.safetensors", std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(100000);
            file.write("damage", 6);
            file.close();
            QCOMPARE(run_rest({"train", folder.string(), "--resume"}, log_).status, 0);
            std::ifstream in(log_);
            const std::string said(std::istreambuf_iterator<char>(in), {});
            QVERIFY(said.find("is damaged and passed over") != std::string::npos);
            break;
        }
        QVERIFY(outcome_of(Project::open(folder), 1) == unbroken_);
    }
};

QTEST_GUILESS_MAIN(TestKill)
#include "test_kill.moc"
