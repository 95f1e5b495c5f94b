// SPDX-License-Identifier: GPL-3.0-or-later
// Real runs of `rest` on a disk that is full, fails or is read-only, from a random call on: the program reports which
// file, why and what to do, everything earlier is kept, and once the disk is good the work ends as if undisturbed.
#include <algorithm>
#include <cstdio>
#include <set>
#include <sstream>

#include "tests/robustness/failing_run.h"
#include "tests/robustness/made_run.h"
#include "tests/robustness/small_disk.h"
#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

constexpr int kEpochs = 2;
constexpr int kAnswers = 40;
constexpr const char* kRateFailing = "--rate-on-failing-disk";
constexpr const char* kAnna = "anna";

int number(const char* variable, int otherwise) {
    return qEnvironmentVariableIsSet(variable) ? qEnvironmentVariableIntValue(variable) : otherwise;
}

int wanted_failures() {
    return number("REST_FAILURES", 2);
}

std::vector<std::string> evaluation(const fs::path& project) {
    return {"evaluate", project.string(), "--baseline", "clip"};
}

std::vector<std::string> prediction_rows(const fs::path& project) {
    const auto opened = Project::open(project);
    std::vector<std::string> rows;
    for (const auto& run : opened.runs()) {
        for (const auto& p : opened.predictions(run.id, 0))
            rows.push_back(std::to_string(p.video) + " " + std::to_string(p.rank));
    }
    return rows;
}

/// The child process of `answers()`: rates a study, prints each acknowledged answer.
int rate(const fs::path& file) {
    try {
        study::Study study = study::Study::open(file);
        study::RatingSession session(study, kAnna);
        while (session.current() != nullptr) {
            const int64_t clip = session.current()->clip;
            session.answer(clip % 2 == 0, {1500, 1});
            std::printf("answered %lld\n", static_cast<long long>(clip));
            std::fflush(stdout);
        }
        return 0;
    } catch (const Error& e) {
        std::printf("error: %s\n", e.full_text().c_str());
        return 1;
    }
}

std::set<int64_t> acknowledged_clips(const std::string& said) {
    std::set<int64_t> clips;
    std::istringstream lines(said);
    for (std::string word; lines >> word;) {
        if (int64_t clip = 0; word == "answered" && lines >> clip) clips.insert(clip);
    }
    return clips;
}

}  // namespace

class TestFailingDisk : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<MadeProject> made_;
    RunResult unbroken_;
    long training_calls_ = 0, training_reads_ = 0;
    int stopped_ = 0, survived_ = 0;
    uint64_t seed_ = static_cast<uint64_t>(number("REST_SEED", 1));

    /// Accepts a run that failed as it should, and one that a single failure did not stop.
    void judge(const FailedRun& run, const Failure& failure, const fs::path& folder) {
        const auto where = failure.text() + " (" + run.failed + ")\n" + run.said;
        QVERIFY2(run.end.status == 0 || run.end.status == 1, where.c_str());
        ++(run.end.status == 0 ? survived_ : stopped_);
        if (run.end.status == 0) return;
        const auto missing = missing_in_message(run.said, folder);
        QVERIFY2(missing.empty(), (missing + ": " + where).c_str());
        qInfo("%s: %s", failure.text().c_str(), run.failed.c_str());
    }

    /// The project has what it had before, and the whole database is intact.
    void verify_earlier(const fs::path& folder) const {
        const auto project = Project::open(folder);
        QCOMPARE(project.setting("note"), std::optional<std::string>("kept"));
        QCOMPARE(video_rows(project), video_rows(Project::open(made_->imported(), OpenMode::read_only)));
        QVERIFY(project.runs().size() <= 1);
    }

    void train_through(const Failure& failure) {
        const auto folder = made_->fresh("failing");
        const auto run = run_failing(train_command(folder, kEpochs), folder, failure);
        judge(run, failure, folder);
        verify_earlier(folder);
        if (QTest::currentTestFailed()) return;
        if (run.end.status != 0) {
            if (!Project::open(folder).runs().empty() && !failure.reads) {
                QVERIFY2(run.said.find("--resume") != std::string::npos, run.said.c_str());
            }
            const auto log = (folder.string() + ".log");
            QCOMPARE(run_rest(train_command(folder, kEpochs), log).status, 0);
        }
        const auto differs = difference(checked_result(folder), unbroken_);
        QVERIFY2(differs.empty(), (differs + " after " + failure.text() + " " + run.failed).c_str());
    }

  private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_STATE_HOME", dir_.path().toUtf8());
        made_ = std::make_unique<MadeProject>(dir_.path().toStdString());
        Project::open(made_->imported()).set_setting("note", "kept");
        const auto folder = made_->fresh("unbroken");
        const auto run = run_failing(train_command(folder, kEpochs), folder, {});
        QVERIFY2(run.end.status == 0, run.said.c_str());
        training_calls_ = run.calls;
        QVERIFY(training_calls_ > 100);
        unbroken_ = checked_result(folder);
        QVERIFY(!unbroken_.captions.empty() && !unbroken_.predictions.empty() && !unbroken_.losses.empty());
        qInfo("seed %llu; a training changes files in %ld calls", static_cast<unsigned long long>(seed_),
              training_calls_);
    }

    void training() {
        Random random(seed_, 1);
        stopped_ = survived_ = 0;
        for (int i = 0; i < wanted_failures() && !QTest::currentTestFailed(); ++i)
            train_through(random_failure(random, training_calls_));
        qInfo("%d trainings were stopped, %d went on", stopped_, survived_);
        QVERIFY(stopped_ >= survived_);
    }

    void readingInATraining() {
        const auto folder = made_->fresh("unbroken_reads");
        const auto whole = run_failing(train_command(folder, kEpochs), folder, {.reads = true});
        QVERIFY(whole.calls > 20);
        Random random(seed_, 2);
        for (int i = 0; i < std::max(1, wanted_failures() / 4) && !QTest::currentTestFailed(); ++i) {
            auto failure = random_failure(random, whole.calls);
            failure.error = "EIO";
            failure.reads = true;
            train_through(failure);
        }
    }

    void imports() {
        const auto expected = video_rows(Project::open(made_->imported(), OpenMode::read_only));
        const auto folder = made_->folder() / "import.rest";
        const auto fresh = [&] {
            fs::remove_all(folder);
            Project::create(folder).set_setting("note", "kept");
            return std::vector<std::string>{"import", folder.string(), made_->world().string()};
        };
        const long calls = run_failing(fresh(), folder, {}).calls;
        Random random(seed_, 3);
        for (int i = 0; i < std::max(2, wanted_failures() / 4); ++i) {
            const auto failure = random_failure(random, calls);
            const auto command = fresh();
            judge(run_failing(command, folder, failure), failure, folder);
            if (QTest::currentTestFailed()) return;
            QCOMPARE(Project::open(folder).setting("note"), std::optional<std::string>("kept"));
            QCOMPARE(run_rest(command, folder.string() + ".log").status, 0);
            QCOMPARE(video_rows(Project::open(folder)), expected);
        }
    }

    void evaluations() {
        auto folder = made_->fresh("evaluated");
        const long calls = run_failing(evaluation(folder), folder, {}).calls;
        const auto expected = prediction_rows(folder);
        QCOMPARE(expected.size(), size_t{24});
        Random random(seed_, 4);
        for (int i = 0; i < std::max(2, wanted_failures() / 4); ++i) {
            const auto failure = random_failure(random, calls);
            folder = made_->fresh("evaluated");
            judge(run_failing(evaluation(folder), folder, failure), failure, folder);
            verify_earlier(folder);
            if (QTest::currentTestFailed()) return;
            const auto rows = prediction_rows(folder);
            QVERIFY(rows.empty() || rows == expected);
            QCOMPARE(run_rest(evaluation(folder), folder.string() + ".log").status, 0);
            QCOMPARE(prediction_rows(folder), expected);
        }
    }

    void answers() {
        const auto folder = made_->folder() / "study";
        const auto program = QCoreApplication::applicationFilePath().toStdString();
        const auto fresh = [&] {
            fs::remove_all(folder);
            fs::create_directories(folder);
            return std::vector<std::string>{kRateFailing, make_study(folder, {.clips = kAnswers}).file().string()};
        };
        const long calls = run_failing(fresh(), folder, {}, program).calls;
        QVERIFY(calls > kAnswers);
        Random random(seed_, 5);
        for (int i = 0; i < 2 * wanted_failures(); ++i) {
            const auto failure = random_failure(random, calls);
            const auto command = fresh();
            const auto run = run_failing(command, folder, failure, program);
            judge(run, failure, folder);
            if (QTest::currentTestFailed()) return;
            study::Study study = study::Study::open(command[1]);
            std::set<int64_t> rated;
            for (const auto& answer : study.answers())
                QVERIFY2(rated.insert(answer.clip).second, "an answer is there twice");
            const auto acknowledged = acknowledged_clips(run.said);
            QVERIFY(std::ranges::includes(rated, acknowledged));
            QVERIFY(rated.size() <= acknowledged.size() + 1);
            rate_all(study, kAnna, [](int64_t clip) { return clip % 2 == 0; });
            QCOMPARE(study.current_answers().size(), size_t{kAnswers});
        }
    }

    void aSmallDiskThatIsFullAndGrows() {
        const auto place = made_->folder() / "small";
        const auto all = bytes_in(made_->folder() / "unbroken.rest"), begun = bytes_in(made_->imported());
        SmallDisk disk(place, begun + (all - begun) / 2);
        if (!disk.problem().empty()) QSKIP(disk.problem().c_str());
        const auto folder = place / "full.rest";
        fs::copy(made_->imported(), folder, fs::copy_options::recursive);
        const auto log = (made_->folder() / "small.log").string();
        {
            RestProcess process(train_command(folder, kEpochs), log);
            QCOMPARE(process.end().status, 1);
            const auto missing = missing_in_message(process.said(), folder);
            QVERIFY2(missing.empty(), (missing + "\n" + process.said()).c_str());
            QVERIFY2(process.said().find("o space left") != std::string::npos, process.said().c_str());
            QVERIFY2(process.said().find("--resume") != std::string::npos, process.said().c_str());
        }
        disk.resize(4 * all);
        verify_earlier(folder);
        QCOMPARE(run_rest(train_command(folder, kEpochs), log).status, 0);
        QCOMPARE(difference(checked_result(folder), unbroken_), std::string());
    }

    void aDiskForReadingOnly() {
        const auto place = made_->folder() / "readonly";
        SmallDisk disk(place, 4 * bytes_in(made_->folder() / "unbroken.rest"));
        if (!disk.problem().empty()) QSKIP(disk.problem().c_str());
        const auto folder = place / "project.rest";
        fs::copy(made_->imported(), folder, fs::copy_options::recursive);
        const auto command = train_command(folder, kEpochs);
        disk.forbid_writing(true);
        const auto log = (made_->folder() / "readonly.log").string();
        {
            RestProcess process(command, log);
            QCOMPARE(process.end().status, 1);
            const auto missing = missing_in_message(process.said(), folder);
            QVERIFY2(missing.empty(), (missing + "\n" + process.said()).c_str());
        }
        QCOMPARE(Project::open(folder, OpenMode::read_only).setting("note"), std::optional<std::string>("kept"));
        disk.forbid_writing(false);
        verify_earlier(folder);
        QCOMPARE(run_rest(command, log).status, 0);
        QCOMPARE(difference(checked_result(folder), unbroken_), std::string());
    }
};

static const rest::test::ChildEntry rating_on_failing_disk(kRateFailing, [](int argc, char** argv) {
    return argc == 1 ? rate(argv[0]) : 2;
});
REST_TEST(TestFailingDisk)
#include "test_failing_disk.moc"
