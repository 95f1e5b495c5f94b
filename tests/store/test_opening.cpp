// SPDX-License-Identifier: GPL-3.0-or-later
// Projects that are newer, older, damaged, full, locked, or read-only.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <array>
#include <csignal>

#include "core/base/atomic_file.h"
#include "core/store/schema.h"
#include "tests/store/project_file.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

namespace {

/// Runs `work` in a child process; returns its exit status.
template <class Work>
int statusOfChild(Work&& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        int status = 99;
        try {
            status = work();
        } catch (...) {
        }
        ::_exit(status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

class TestOpening : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void nothingThere() {
        ProjectPlace place;
        std::string message;
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            QCOMPARE(code_thrown([&] { Project::open(place.folder(), mode); }, &message), std::string("not_found"));
            QVERIFY(message.find(place.folder().string()) != std::string::npos);
        }
    }

    void aNewerVersionIsRefusedAndLeftAlone() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        const int newer = static_cast<int>(schema_steps().size()) + 1;
        execute(database_of(folder), "PRAGMA user_version = " + std::to_string(newer));
        std::string message;
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }, &message), std::string("newer_version"));
            QVERIFY(message.find("version " + std::to_string(newer)) != std::string::npos);
        }
    }

    void notADatabase() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        write_file_atomically(database_of(folder), std::string(8192, 'z'));
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }), std::string("damaged"));
        }
        QCOMPARE(read_file(database_of(folder)), std::string(8192, 'z'));
    }

    void anotherProgramsDatabaseIsLeftAlone() {
        ProjectPlace place;
        std::filesystem::create_directories(place.folder());
        {
            SQLite::Database(database_of(place.folder()).string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
                .exec("CREATE TABLE bookmarks (x)");
        }
        const auto before = read_file(database_of(place.folder()));
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            QCOMPARE(code_thrown([&] { Project::open(place.folder(), mode); }), std::string("unsupported"));
        }
        QCOMPARE(read_file(database_of(place.folder())), before);
    }

    void aDatabaseCutShort() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        const auto whole = std::filesystem::file_size(database_of(folder));
        for (const auto part : {whole / 2, whole - 4096, uintmax_t{4096}, uintmax_t{50}}) {
            std::filesystem::resize_file(database_of(folder), part);
            for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
                QCOMPARE(code_thrown([&] { Project::open(folder, mode); }), std::string("damaged"));
            }
        }
    }

    void aDatabaseWithAnOverwrittenMiddle() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        auto content = read_file(database_of(folder));
        for (size_t i = content.size() / 2; i < content.size() / 2 + 8192; ++i) content[i] = static_cast<char>(i * 31);
        write_file_atomically(database_of(folder), content);
        std::string message;
        QCOMPARE(code_thrown([&] { Project::open(folder); }, &message), std::string("damaged"));
        QVERIFY(message.find(folder.string()) != std::string::npos);
    }

    void anOlderVersionIsMigratedWholeOrNotAtAll() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        std::vector<const char*> steps(schema_steps().begin(), schema_steps().end());
        const auto old_version = static_cast<int64_t>(steps.size());
        steps.push_back("ALTER TABLE videos ADD COLUMN note TEXT NOT NULL DEFAULT 'none'");
        steps.push_back("CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)");
        Database db(database_of(folder), Access::read_write);
        QVERIFY(code_thrown([&] { migrate(db, old_version, steps); }) != "nothing");
        QCOMPARE(check_schema(db, database_of(folder)), old_version);
        QCOMPARE(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), int64_t(0));
        steps.back() = "CREATE TABLE whole (x)";
        migrate(db, old_version, steps);
        QCOMPARE(check_schema(db, database_of(folder), steps), old_version + 2);
        QCOMPARE(db.value("SELECT count(*) FROM videos WHERE note = 'none'"), int64_t(2000));
    }

    void connectionsAreSetUpForSafety() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        Database db(database_of(folder), Access::read_write);
        QCOMPARE(db.value("PRAGMA foreign_keys"), int64_t(1));
        QCOMPARE(db.value("PRAGMA trusted_schema"), int64_t(0));
        QCOMPARE(db.value("PRAGMA cell_size_check"), int64_t(1));
        QVERIFY(code_thrown([&] { db.execute("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''"); }) !=
                "nothing");
        QCOMPARE(db.value("PRAGMA synchronous"), int64_t(1));
        QVERIFY(db.value("PRAGMA busy_timeout") >= 1000);
        QCOMPARE(db.value("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), int64_t(1));
        QCOMPARE(db.value("PRAGMA application_id"), int64_t(0x52455354));
    }

    void aSecondWriterIsRefused() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        auto first = std::make_unique<Project>(Project::open(folder));
        std::string message;
        QCOMPARE(code_thrown([&] { Project::open(folder); }, &message), std::string("busy"));
        QVERIFY(message.find(std::to_string(::getpid())) != std::string::npos);
        const pid_t parent = ::getpid();
        const int status = statusOfChild([&] {
            std::string told;
            if (code_thrown([&] { Project::open(folder); }, &told) != "busy") return 1;
            if (told.find(std::to_string(parent)) == std::string::npos) return 2;
            return Project::open(folder, OpenMode::read_only).video_count() == 2000 ? 0 : 3;
        });
        QCOMPARE(status, 0);
        const Project reader = Project::open(folder, OpenMode::read_only);
        QCOMPARE(reader.video_count(), int64_t(2000));
        first.reset();
        QCOMPARE(code_thrown([&] { Project::open(folder); }), std::string("nothing"));
    }

    void aReaderDoesNotWrite() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        Project reader = Project::open(folder, OpenMode::read_only);
        QCOMPARE(code_thrown([&] { reader.set_kind("x"); }), std::string("invalid_argument"));
        QCOMPARE(code_thrown([&] { reader.add_run("x", "{}"); }), std::string("invalid_argument"));
        QVERIFY(!std::filesystem::exists(reader.checkpoints_dir(3)));
    }

    void readingWorksWithoutWritePermission() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        namespace fs = std::filesystem;
        fs::permissions(place.root(), fs::perms(0755));
        for (const char* file : {"project.sqlite", "project.lock"}) fs::permissions(folder / file, fs::perms(0444));
        fs::permissions(folder, fs::perms(0555));
        const int status = statusOfChild([&] {
            if (::geteuid() == 0 && ::setuid(65534) != 0) return 4;
            if (::access(folder.c_str(), R_OK | X_OK) != 0) return 5;
            if (::access(folder.c_str(), W_OK) == 0) return 6;
            if (Project::open(folder, OpenMode::read_only).videos().size() != 2000) return 1;
            return code_thrown([&] { Project::open(folder); }) == "io" ? 0 : 2;
        });
        fs::permissions(folder, fs::perms(0755));
        if (status == 5) QSKIP("The folder for temporary files is closed to other users");
        QCOMPARE(status, 0);
    }

    void aFullDiskIsSaid() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        Database db(database_of(folder), Access::read_write);
        db.execute("PRAGMA max_page_count = " + std::to_string(db.value("PRAGMA page_count")));
        std::string message;
        const auto fill = [&] {
            db.transaction([&] {
                auto query = db.query("INSERT INTO texts (text) VALUES (?1)");
                for (int i = 0; i < 10000; ++i) query.with("text number " + std::to_string(i)).run();
            });
        };
        QCOMPARE(code_thrown(fill, &message), std::string("no_space"));
        QVERIFY(message.find(folder.string()) != std::string::npos);
        QVERIFY(message.find("Free some disk space") != std::string::npos);
        QCOMPARE(db.value("SELECT count(*) FROM texts"), int64_t(0));
        db.quick_check();
    }

    void aFileThatMayNotGrowIsSaidAndNothingIsLost() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        const auto size = std::filesystem::file_size(database_of(folder));
        const int status = statusOfChild([&] {
            Project project = Project::open(folder);
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit = {static_cast<rlim_t>(size), static_cast<rlim_t>(size)};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            std::vector<VideoRecord> many;
            for (int i = 0; i < 20000; ++i) many.push_back(made_video(10000 + i));
            if (code_thrown([&] { project.put_videos(many); }) != "no_space") return 1;
            return project.video_count() == 2000 ? 0 : 2;
        });
        QCOMPARE(status, 0);
        QCOMPARE(Project::open(folder).video_count(), int64_t(2000));
    }

    void aProjectThatCannotBeMadeLeavesNothing() {
        ProjectPlace place;
        write_file_atomically(place.root() / "file", "x");
        QCOMPARE(code_thrown([&] { Project::create(place.root() / "file" / "p.rest"); }), std::string("io"));
        QVERIFY(!std::filesystem::exists(place.root() / "file" / "p.rest"));
    }
};

REST_TEST(TestOpening)
#include "test_opening.moc"
