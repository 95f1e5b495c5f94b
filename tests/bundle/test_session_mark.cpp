// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QProcess>
#include <QtTest/QtTest>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/bundle/session_mark.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::bundle;
namespace fs = std::filesystem;

namespace {

const SessionState kState{"/data/ein Übungs-проект.rest", "captions", "AdnQ \"x\"\n"};

/// A process that marks a session and waits to be killed.
int hold(const char* folder, const char* page) {
    SessionMark mark("rest-studio", folder);
    mark.put({kState.project, page, kState.window});
    if (::write(STDOUT_FILENO, "marked\n", 7) != 7) return 1;
    for (;;) ::pause();
}

class Holder {
  public:
    Holder(const fs::path& folder, const char* page) {
        process_.start(QCoreApplication::applicationFilePath(),
                       {"--hold", QString::fromStdString(folder.string()), page});
        if (!process_.waitForStarted(-1) || !process_.waitForReadyRead(-1)) qFatal("the other process did not start");
    }
    void kill() {
        ::kill(static_cast<pid_t>(process_.processId()), SIGKILL);
        process_.waitForFinished(-1);
    }
    int64_t pid() const { return process_.processId(); }

  private:
    QProcess process_;
};

}  // namespace

class TestSessionMark : public QObject {
    Q_OBJECT

    static long files(const fs::path& folder) { return std::distance(fs::directory_iterator(folder), {}); }
    static nlohmann::json read(const fs::path& folder) {
        return nlohmann::json::parse(read_file(fs::directory_iterator(folder)->path()));
    }
    static void put(const fs::path& file, const nlohmann::json& mark) { write_file_atomically(file, mark.dump()); }

    fs::path fresh() {
        dir_ = std::make_unique<QTemporaryDir>();
        return fs::path(dir_->path().toStdString()) / "state" / "sessions";
    }
    std::unique_ptr<QTemporaryDir> dir_;

  private Q_SLOTS:
    void aKilledProgramLeavesItsSession() {
        const auto folder = fresh();
        Holder holder(folder, "captions");
        QVERIFY(unexpected_ends("rest-studio", folder).empty());  // it is still running
        QCOMPARE(files(folder), 1L);
        holder.kill();
        const auto ends = unexpected_ends("rest-studio", folder);
        QCOMPARE(ends.size(), size_t{1});
        QVERIFY(ends[0].state == kState);
        QCOMPARE(ends[0].program, std::string("rest-studio"));
        QCOMPARE(ends[0].written.size(), std::string("2026-01-01T00:00:00Z").size());
        QVERIFY(unexpected_ends("rest", folder).empty());  // not its own
        QCOMPARE(files(folder), 1L);
        forget(ends[0]);
        QVERIFY(unexpected_ends("rest-studio", folder).empty());
        QCOMPARE(files(folder), 0L);
    }

    void theNewestComesFirst() {
        const auto folder = fresh();
        Holder first(folder, "train"), second(folder, "study");
        first.kill();
        second.kill();
        for (const auto& entry : fs::directory_iterator(folder)) {
            auto mark = nlohmann::json::parse(read_file(entry.path()));
            mark["written"] = mark["page"] == "study" ? "2026-03-01T00:00:00Z" : "2026-02-01T00:00:00Z";
            put(entry.path(), mark);
        }
        const auto ends = unexpected_ends("rest-studio", folder);
        QCOMPARE(ends.size(), size_t{2});
        QCOMPARE(ends[0].state.page, std::string("study"));
        QCOMPARE(ends[1].state.page, std::string("train"));
    }

    void aCleanEndLeavesNothing() {
        const auto folder = fresh();
        {
            SessionMark mark("rest-studio", folder);
            QVERIFY(!fs::exists(folder));  // nothing is open yet
            mark.put(kState);
            QCOMPARE(files(folder), 1L);
            mark.remove();
            QCOMPARE(files(folder), 0L);
            mark.put(kState);
            QCOMPARE(files(folder), 1L);
        }
        QCOMPARE(files(folder), 0L);
    }

    void theMarkFollowsTheSession() {
        const auto folder = fresh();
        SessionMark mark("rest-studio", folder);
        mark.put(kState);
        auto state = kState;
        state.page = "study";
        mark.put(state);
        QCOMPARE(files(folder), 1L);
        QCOMPARE(read(folder)["page"].get<std::string>(), std::string("study"));
        // An unchanged mark is not written again.
        const auto file = fs::directory_iterator(folder)->path();
        fs::remove(file);
        mark.put(state);
        QVERIFY(!fs::exists(file));
    }

    void numbersThatWereGivenAgainAreOtherProcesses() {
        const auto folder = fresh();
        SessionMark own("rest-studio", folder);
        own.put(kState);
        const auto mark = read(folder);
        QVERIFY(unexpected_ends("rest-studio", folder).empty());
        auto changed = mark;
        changed["start_ticks"] = mark["start_ticks"].get<uint64_t>() - 1;
        put(folder / "ticks.json", changed);
        QCOMPARE(unexpected_ends("rest-studio", folder).size(), size_t{1});
        changed = mark;
        changed["boot"] = "an earlier start of the kernel";
        put(folder / "ticks.json", changed);
        QCOMPARE(unexpected_ends("rest-studio", folder).size(), size_t{1});
        changed["machine"] = "another machine with the same home folder";
        put(folder / "ticks.json", changed);
        QVERIFY(unexpected_ends("rest-studio", folder).empty());
        QCOMPARE(files(folder), 2L);
        changed = mark;
        changed["pid"] = -1;
        put(folder / "ticks.json", changed);
        QCOMPARE(unexpected_ends("rest-studio", folder).size(), size_t{1});
    }

    void aProcessThatOnlyWaitsToBeAskedIsGone() {
        const pid_t child = ::fork();
        if (child == 0) ::_exit(0);
        siginfo_t info{};
        QCOMPARE(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);  // a zombie now
        auto process = this_process();
        process.pid = child;
        QCOMPARE(is_alive(process), std::optional(false));
        ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED);
        QCOMPARE(is_alive(this_process()), std::optional(true));
    }

    void whatIsNoMarkIsRemovedAndWhatIsNotOursStays() {
        const auto folder = fresh();
        fs::create_directories(folder);
        for (const char* text : {"", "{", "[]", "{\"pid\": \"x\"}", "null", "\xff\xfe"}) {
            write_file_atomically(folder / "1.json", text);
            QVERIFY(unexpected_ends("rest-studio", folder).empty());
            QVERIFY(!fs::exists(folder / "1.json"));
        }
        write_file_atomically(folder / "notes.txt", "mine");
        write_file_atomically(folder / "huge.json", std::string(1 << 20, ' '));
        fs::create_directory(folder / "folder.json");
        QVERIFY(unexpected_ends("rest-studio", folder).empty());
        QCOMPARE(files(folder), 3L);
        QVERIFY(unexpected_ends("rest-studio", folder / "notes.txt").empty());
        QVERIFY(unexpected_ends("rest-studio", folder / "nowhere").empty());
    }

    void aFolderThatCannotBeIsTold() {
        const auto folder = fresh();
        fs::create_directories(folder.parent_path());
        write_file_atomically(folder, "a file in its place");
        SessionMark mark("rest-studio", folder);
        try {
            mark.put(kState);
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::io);
            QVERIFY(std::string(e.what()).find(folder.string()) != std::string::npos);
        }
    }

    void marksLieWithTheUsersState() {
        qputenv("XDG_STATE_HOME", "/somewhere");
        QCOMPARE(sessions_dir(), fs::path("/somewhere/rest-studio/sessions"));
        qunsetenv("XDG_STATE_HOME");
    }
};

static const rest::test::ChildEntry holding_program("--hold", [](int argc, char** argv) {
    return argc == 2 ? hold(argv[0], argv[1]) : 2;
});
REST_TEST(TestSessionMark)
#include "test_session_mark.moc"
