// SPDX-License-Identifier: GPL-3.0-or-later
// Two programs on one project or study: the second gets an error naming the holder, or reads only; what a dead one left
// blocks nobody.
#include <csignal>
#include <cstdio>
#include <fstream>
#include <set>

#include "core/base/atomic_file.h"
#include "tests/robustness/made_run.h"
#include "tests/robustness/rest_process.h"
#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

constexpr int kSharedEpochs = 1;
constexpr int kClips = 60;
constexpr const char* kRateAs = "--rate-as";

/// Stops a process while this object lives, so that other work does not race with it.
class Halted {
  public:
    explicit Halted(int64_t process) : process_(static_cast<pid_t>(process)) { ::kill(process_, SIGSTOP); }
    ~Halted() { ::kill(process_, SIGCONT); }
    Halted(const Halted&) = delete;
    Halted& operator=(const Halted&) = delete;

  private:
    pid_t process_;
};

/// The child process of the study tests.
int rate(const fs::path& file, const std::string& who) {
    try {
        Study study = Study::open(file);
        rate_all(study, who, [](int64_t clip) { return clip % 2 == 0; });
        return 0;
    } catch (const Error& e) {
        std::printf("error: %s\n", e.full_text().c_str());
        return 1;
    }
}

}  // namespace

class TestTwoPrograms : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<MadeProject> made_;
    std::string log_, second_log_;
    RunResult unbroken_;

    /// Two processes rate one study at the same time.
    void rate_together(const Study& study, const std::string& first, const std::string& second) const {
        const auto program = QCoreApplication::applicationFilePath().toStdString();
        const auto file = study.file().string();
        RestProcess a({kRateAs, file, first}, log_, {}, program), b({kRateAs, file, second}, second_log_, {}, program);
        for (RestProcess* process : {&a, &b}) {
            const int status = process->end().status;
            QVERIFY2(status == 0, process->said().c_str());
        }
    }

  private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_STATE_HOME", dir_.path().toUtf8());
        made_ = std::make_unique<MadeProject>(dir_.path().toStdString());
        log_ = (made_->folder() / "first.log").string();
        second_log_ = (made_->folder() / "second.log").string();
        const auto project = made_->fresh("unbroken");
        QCOMPARE(run_rest(train_command(project, kSharedEpochs), log_).status, 0);
        unbroken_ = checked_result(project);
    }

    void aSecondWriterIsToldWhoHoldsTheProject() {
        const auto folder = made_->fresh("held");
        RestProcess first(train_command(folder, kSharedEpochs), log_);
        QVERIFY(first.wait_for("First captions"));
        {
            const Halted halted(first.id());
            const std::vector<std::vector<std::string>> writers = {
                {"train", folder.string(), "--preset", "demo"},
                {"train", folder.string(), "--resume"},
                {"import", folder.string(), made_->world().string()}};
            for (const auto& command : writers) {
                RestProcess second(command, second_log_);
                QCOMPARE(second.end().status, 1);
                const auto said = second.said();
                for (const auto& word :
                     {folder.string(), std::string("is being written by another program"),
                      "process " + std::to_string(first.id()), std::string("Wait until it is done")}) {
                    QVERIFY2(said.find(word) != std::string::npos, said.c_str());
                }
            }
        }
        QCOMPARE(first.end().status, 0);
        QCOMPARE(difference(checked_result(folder), unbroken_), std::string());
    }

    void aSecondProgramMayRead() {
        const auto folder = made_->fresh("read");
        RestProcess first(train_command(folder, kSharedEpochs), log_);
        QVERIFY(first.wait_for("Epoch 1 of"));
        {
            const Halted halted(first.id());
            RestProcess second({"captions", folder.string(), "--json"}, second_log_);
            QCOMPARE(second.end().status, 0);
            QVERIFY(second.said().find("\"captions\"") != std::string::npos);
            const auto reader = store::Project::open(folder, store::OpenMode::read_only);
            QCOMPARE(reader.last_step(1), 0);
            QCOMPARE(video_rows(reader),
                     video_rows(store::Project::open(made_->imported(), store::OpenMode::read_only)));
        }
        QCOMPARE(first.end().status, 0);
        QCOMPARE(difference(checked_result(folder), unbroken_), std::string());
    }

    void aDeadProgramsLockBlocksNobody() {
        const auto folder = made_->fresh("dead");
        RestProcess first(train_command(folder, kSharedEpochs), log_);
        QVERIFY(first.wait_for("First captions"));
        const auto id = std::to_string(first.id());
        QVERIFY(first.end_after(std::chrono::milliseconds(0)).killed);
        QCOMPARE(read_file(folder / "project.lock"), id + "\n");  // the dead process's file is still there
        QCOMPARE(run_rest(train_command(folder, kSharedEpochs), log_).status, 0);
        QCOMPARE(difference(checked_result(folder), unbroken_), std::string());
        // Its process id may belong to another program by now.
        write_file_atomically(folder / "project.lock", std::to_string(QCoreApplication::applicationPid()) + "\n");
        QCOMPARE(store::Project::open(folder).runs().size(), size_t{1});
    }

    void ofTwoThatBeginAtOnceNoneSpoilsTheOther() {
        const auto folder = made_->fresh("race");
        const auto command = train_command(folder, kSharedEpochs);
        RestProcess a(command, log_), b(command, second_log_);
        size_t trained = 0;
        for (RestProcess* process : {&a, &b}) {
            const int status = process->end().status;
            const auto said = process->said();
            QVERIFY2(status == 0 || said.find("is being written by another program") != std::string::npos,
                     said.c_str());
            trained += status == 0;
        }
        QVERIFY(trained >= 1);
        const auto project = store::Project::open(folder);
        QCOMPARE(project.runs().size(), trained);
        for (const auto& run : project.runs())
            QCOMPARE(difference(result_of(project, run.id), unbroken_), std::string());
    }

    void twoPeopleRateOneFile() {
        Study study = make_study(made_->folder(), {.clips = kClips, .settings = {.answers_per_clip = 2, .seed = 7}});
        rate_together(study, "anna", "bert");
        if (QTest::currentTestFailed()) return;
        std::set<std::pair<std::string, int64_t>> rated;
        for (const auto& answer : study.answers()) QVERIFY(rated.emplace(answer.annotator, answer.clip).second);
        QCOMPARE(rated.size(), size_t{2 * kClips});
        fs::remove(study.file());
    }

    void onePersonInTwoPrograms() {
        Study study = make_study(made_->folder(), {.clips = kClips, .settings = {.answers_per_clip = 2, .seed = 7}});
        rate_together(study, "anna", "anna");
        if (QTest::currentTestFailed()) return;
        std::set<int64_t> sequences, clips;
        for (const auto& answer : study.answers()) QVERIFY(sequences.insert(answer.sequence).second);
        for (const auto& answer : study.current_answers()) QVERIFY(clips.insert(answer.clip).second);
        QCOMPARE(clips.size(), size_t{kClips});
        QCOMPARE(study.annotators().size(), size_t{1});
        fs::remove(study.file());
    }

    void aDeadRaterBlocksNobody() {
        Study study = make_study(made_->folder(), {.clips = kClips, .settings = {.answers_per_clip = 2, .seed = 7}});
        {
            const auto program = QCoreApplication::applicationFilePath().toStdString();
            RestProcess first({kRateAs, study.file().string(), "anna"}, log_, {}, program);
            while (study.answers().size() < 3) QTest::qWait(1);
            first.end_after(std::chrono::milliseconds(0));
        }
        rate_all(study, "anna", [](int64_t) { return true; });
        QCOMPARE(study.current_answers().size(), size_t{kClips});
    }
};

static const rest::test::ChildEntry rating_as(kRateAs, [](int argc, char** argv) {
    return argc == 2 ? rate(argv[0], argv[1]) : 2;
});
REST_TEST(TestTwoPrograms)
#include "test_two_programs.moc"
