// SPDX-License-Identifier: GPL-3.0-or-later
// Real runs of `rest` killed in every phase of the work: the project must open and be intact, contain all that was
// acknowledged exactly once, and the resumed run must end with the weights and captions of an undisturbed one.
#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>

#include "core/base/random.h"
#include "tests/robustness/acknowledged.h"
#include "tests/robustness/made_run.h"
#include "tests/robustness/rest_process.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

constexpr int kKilledEpochs = 4;
constexpr int kKillsInPassing = 12;
constexpr size_t kTestClips = 24;

int wanted_kills() {
    return qEnvironmentVariableIsSet("REST_KILLS") ? qEnvironmentVariableIntValue("REST_KILLS") : kKillsInPassing;
}

/// A phase of the work and the text that the program prints when it begins.
struct Phase {
    const char* name;
    const char* words;
    int longest_ms;  // maximum delay from its beginning to the kill
};

// In the order in which a run reaches them, so that one run may be killed in each.
constexpr std::array kTraining = {Phase{"loading", "", 300},
                                  Phase{"features", "CLIP features", 300},
                                  Phase{"neighbours", "Nearest neighbours", 30},
                                  Phase{"first captions", "First captions", 600},
                                  Phase{"retrieval", "Updating captions", 60},
                                  Phase{"evaluation", "CLIP-TAM", 300},
                                  Phase{"checkpoint", "Checkpoint of epoch", 60},
                                  Phase{"training", "Epoch 2 of", 300},
                                  Phase{"new captions", "New captions", 200},
                                  Phase{"late checkpoint", "Checkpoint of epoch 3", 60}};
constexpr std::array kImport = {Phase{"import: start", "", 100},
                                Phase{"import: looking for videos", "Looking for videos", 40},
                                Phase{"import: looking at clips", "Looking at clips", 150}};
constexpr std::array kEvaluation = {Phase{"evaluate: loading", "", 300},
                                    Phase{"evaluate: features", "CLIP features", 400}};

}  // namespace

class TestKill : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<MadeProject> made_;
    std::string log_;
    RunResult unbroken_;
    Random random_{0};
    std::map<std::string, int> kills_;  // by phase

    /// Prints the output of the killed programs, which shows where it happened.
    void tell_if_failed() const {
        if (!QTest::currentTestFailed()) return;
        std::ifstream in(log_);
        qWarning() << std::string(std::istreambuf_iterator<char>(in), {}).c_str();
    }

    /// Runs a command and kills it some time after the phase has begun. False if it ended before; `said` is its output.
    bool kill_in(const std::vector<std::string>& command, const Phase& phase, std::string& said) {
        RestProcess process(command, log_);
        process.wait_for(phase.words);
        const auto end = process.end_after(milliseconds(random_.below(static_cast<uint32_t>(phase.longest_ms))));
        said = process.said();
        if (!end.killed && end.status != 0) QTest::qFail(said.c_str(), __FILE__, __LINE__);
        kills_[phase.name] += end.killed;
        return end.killed;
    }

    int kills(const std::string& beginning = "") const {
        int sum = 0;
        for (const auto& [name, count] : kills_) sum += name.starts_with(beginning) ? count : 0;
        return sum;
    }

    static bool run_finished(const fs::path& folder) {
        const auto runs = Project::open(folder, OpenMode::read_only).runs();
        return !runs.empty() && runs.front().status == RunStatus::finished;
    }

    /// One training, killed in each of these phases that it still reaches, then run to its end.
    void train_through(std::span<const Phase> phases) {
        const auto folder = made_->fresh("killed");
        for (const auto& phase : phases) {
            std::string said;
            if (!kill_in(train_command(folder, kKilledEpochs), phase, said)) break;
            if (QTest::currentTestFailed()) return;
            const auto project = Project::open(folder);  // checks the whole database
            const auto lost = lost_of_acknowledged(project, said, kTestClips);
            QVERIFY2(lost.empty(), (lost + " after a kill in " + phase.name + "\n" + said).c_str());
            QVERIFY(project.runs().size() <= 1);
        }
        if (!run_finished(folder)) QCOMPARE(run_rest(train_command(folder, kKilledEpochs), log_).status, 0);
        QCOMPARE(Project::open(folder).runs().front().status, RunStatus::finished);
        QCOMPARE(difference(checked_result(folder), unbroken_), std::string());
    }

  private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_STATE_HOME", dir_.path().toUtf8());
        const auto seed = static_cast<uint64_t>(QDateTime::currentMSecsSinceEpoch());
        random_ = Random(seed);
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        made_ = std::make_unique<MadeProject>(dir_.path().toStdString());
        log_ = (made_->folder() / "rest.log").string();
        const auto project = made_->fresh("unbroken");
        QCOMPARE(run_rest(train_command(project, kKilledEpochs), log_).status, 0);
        unbroken_ = checked_result(project);
        QVERIFY(!unbroken_.captions.empty() && !unbroken_.predictions.empty() && !unbroken_.losses.empty());
    }

    void cleanup() const { tell_if_failed(); }

    void cleanupTestCase() const {
        for (const auto& [name, count] : kills_) qInfo("%5d  %s", count, name.c_str());
        qInfo("%5d  kills", kills());
    }

    void imports() {
        const auto expected = video_rows(Project::open(made_->imported(), OpenMode::read_only));
        const auto folder = made_->folder() / "import.rest";
        const std::vector<std::string> command = {"import", folder.string(), made_->world().string()};
        const int wanted = std::max(4, wanted_kills() / 8);
        for (int round = 0; kills("import") < wanted; ++round) {
            QVERIFY2(round < 100 * wanted, "imports end before they can be killed");
            fs::remove_all(folder);
            Project::create(folder).set_setting("note", "kept");
            std::string said;
            kill_in(command, kImport[static_cast<size_t>(round) % kImport.size()], said);
            if (QTest::currentTestFailed()) return;
            {
                const auto project = Project::open(folder);
                QCOMPARE(project.setting("note"), std::optional<std::string>("kept"));
                std::set<std::string> names;
                for (const auto& video : project.videos()) QVERIFY(names.insert(video.name).second);
            }
            QCOMPARE(run_rest(command, log_).status, 0);
            QCOMPARE(video_rows(Project::open(folder)), expected);
        }
    }

    void training() {
        const int before = kills();
        // All phases in one run or, if few kills are left, some of them.
        while (kills() - before < wanted_kills()) {
            std::vector<Phase> phases;
            const int left = wanted_kills() - (kills() - before);
            for (const auto& phase : kTraining) {
                const bool all = left >= std::ssize(kTraining);
                if (all || random_.chance(static_cast<double>(left) / static_cast<double>(kTraining.size())))
                    phases.push_back(phase);
            }
            train_through(phases);
            if (QTest::currentTestFailed()) return;
        }
        for (const auto& phase : kTraining) {
            if (kills_[phase.name] == 0) qInfo("no kill hit the phase %s", phase.name);
        }
    }

    void evaluations() {
        const auto folder = made_->fresh("evaluated");
        const std::vector<std::string> command = {"evaluate", folder.string(), "--baseline", "clip"};
        const int wanted = std::max(2, wanted_kills() / 8);
        for (int round = 0; kills("evaluate") < wanted; ++round) {
            QVERIFY2(round < 100 * wanted, "evaluations end before they can be killed");
            std::string said;
            kill_in(command, kEvaluation[static_cast<size_t>(round) % kEvaluation.size()], said);
            if (QTest::currentTestFailed()) return;
            const auto project = Project::open(folder);
            QVERIFY(project.runs().size() <= 1);
            for (const auto& run : project.runs()) {
                const auto stored = project.predictions(run.id, 0).size();
                QVERIFY(stored == 0 || stored == kTestClips);
            }
        }
        QCOMPARE(run_rest(command, log_).status, 0);
    }

    void aDamagedCheckpointGivesWayToTheOneBefore() {
        const auto folder = made_->folder() / "damaged.rest";
        std::string said;
        do {
            made_->fresh("damaged");
        } while (!kill_in(train_command(folder, kKilledEpochs), {"training, then damaged", "Epoch 3 of", 20}, said));
        std::map<std::string, fs::path> checkpoints;
        for (const auto& entry : fs::directory_iterator(folder / "checkpoints" / "run_1")) {
            if (entry.path().extension() != ".part") checkpoints[entry.path().filename()] = entry.path();
        }
        QVERIFY(checkpoints.size() >= 2);
        std::fstream file(checkpoints.rbegin()->second / "model.safetensors",
                          std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(100000);
        file.write("damage", 6);
        file.close();
        RestProcess process({"train", folder.string(), "--resume"}, log_);
        QCOMPARE(process.end().status, 0);
        QVERIFY(process.said().find("is damaged and passed over") != std::string::npos);
        QCOMPARE(difference(checked_result(folder), unbroken_), std::string());
    }
};

REST_TEST(TestKill)
#include "test_kill.moc"
