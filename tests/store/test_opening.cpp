// SPDX-License-Identifier: GPL-3.0-or-later
// Projects that are newer, older, damaged, full, locked, or not to be written to.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <array>
#include <csignal>

#include "core/base/atomic_file.h"
#include "core/store/schema.h"
#include "tests/store/hostile_files.h"
#include "tests/store/made_project.h"

using namespace rest;
using namespace rest::test;

namespace {

std::filesystem::path databaseOf(const std::filesystem::path& project) {
    return project / "project.sqlite";
}

void execute(const std::filesystem::path& database, const char* sql) {
    SQLite::Database(database.string(), SQLite::OPEN_READWRITE).exec(sql);
}

std::filesystem::path filledProject(const ProjectPlace& place) {
    Project project = Project::create(place.folder());
    put_videos(project, 2000);
    return project.folder();
}

/// Runs `work` in a child process; its exit status.
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

  private slots:
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
        const auto folder = filledProject(place);
        const int newer = static_cast<int>(schema_steps().size()) + 1;
        execute(databaseOf(folder), ("PRAGMA user_version = " + std::to_string(newer)).c_str());
        std::string message;
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }, &message), std::string("newer_version"));
            QVERIFY(message.find("version " + std::to_string(newer)) != std::string::npos);
        }
    }

    void notADatabase() {
        ProjectPlace place;
        const auto folder = filledProject(place);
        write_file_atomically(databaseOf(folder), std::string(8192, 'z'));
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }), std::string("damaged"));
        }
        QCOMPARE(read_file(databaseOf(folder)), std::string(8192, 'z'));
    }

    void anotherProgramsDatabaseIsLeftAlone() {
        ProjectPlace place;
        std::filesystem::create_directories(place.folder());
        {
            SQLite::Database(databaseOf(place.folder()).string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
                .exec("CREATE TABLE bookmarks (x)");
        }
        const auto before = read_file(databaseOf(place.folder()));
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            QCOMPARE(code_thrown([&] { Project::open(place.folder(), mode); }), std::string("unsupported"));
        }
        QCOMPARE(read_file(databaseOf(place.folder())), before);
    }

    void aDatabaseCutShort() {
        ProjectPlace place;
        const auto folder = filledProject(place);
        const auto whole = std::filesystem::file_size(databaseOf(folder));
        for (const auto part : {whole / 2, whole - 4096, uintmax_t{4096}, uintmax_t{50}}) {
            std::filesystem::resize_file(databaseOf(folder), part);
            for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
                QCOMPARE(code_thrown([&] { Project::open(folder, mode); }), std::string("damaged"));
            }
        }
    }

    void aDatabaseWithAnOverwrittenMiddle() {
        ProjectPlace place;
        const auto folder = filledProject(place);
        auto content = read_file(databaseOf(folder));
        for (size_t i = content.size() / 2; i < content.size() / 2 + 8192; ++i) content[i] = static_cast<char>(i * 31);
        write_file_atomically(databaseOf(folder), content);
        std::string message;
        QCOMPARE(code_thrown([&] { Project::open(folder); }, &message), std::string("damaged"));
        QVERIFY(message.find(folder.string()) != std::string::npos);
    }

    void anOlderVersionIsMigratedWholeOrNotAtAll() {
        ProjectPlace place;
        const auto folder = filledProject(place);
        std::vector<const char*> steps(schema_steps().begin(), schema_steps().end());
        const auto old_version = static_cast<int64_t>(steps.size());
        steps.push_back("ALTER TABLE videos ADD COLUMN note TEXT NOT NULL DEFAULT 'none'");
        steps.push_back("CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)");
        Database db(databaseOf(folder), Access::read_write);
        QVERIFY(code_thrown([&] { migrate(db, old_version, steps); }) != "nothing");
        QCOMPARE(check_schema(db, databaseOf(folder)), old_version);
        QCOMPARE(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), int64_t(0));
        steps.back() = "CREATE TABLE whole (x)";
        migrate(db, old_version, steps);
        QCOMPARE(check_schema(db, databaseOf(folder), steps), old_version + 2);
        QCOMPARE(db.value("SELECT count(*) FROM videos WHERE note = 'none'"), int64_t(2000));
    }

    void connectionsAreSetUpForSafety() {
        ProjectPlace place;
        const auto folder = filledProject(place);
        Database db(databaseOf(folder), Access::read_write);
        QCOMPARE(db.value("PRAGMA foreign_keys"), int64_t(1));
        QCOMPARE(db.value("PRAGMA trusted_schema"), int64_t(0));
        QCOMPARE(db.value("PRAGMA cell_size_check"), int64_t(1));
        QVERIFY(code_thrown([&] {
                    db.execute("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''");
                }) != "nothing");
        QCOMPARE(db.value("PRAGMA synchronous"), int64_t(1));
        QVERIFY(db.value("PRAGMA busy_timeout") >= 1000);
        QCOMPARE(db.value("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), int64_t(1));
        QCOMPARE(db.value("PRAGMA application_id"), int64_t(0x52455354));
    }

    void foreignTablesViewsAndTriggers_data() {
        QTest::addColumn<QString>("sql");
        QTest::newRow("trigger") << "CREATE TRIGGER t AFTER INSERT ON texts BEGIN DELETE FROM videos; END";
        QTest::newRow("view") << "ALTER TABLE videos RENAME TO kept; CREATE VIEW videos AS SELECT * FROM kept";
        QTest::newRow("table") << "CREATE TABLE extra (x)";
        QTest::newRow("virtual table") << "CREATE VIRTUAL TABLE extra USING fts5 (x)";
        QTest::newRow("index on an expression") << "CREATE INDEX extra ON texts (length(text))";
        QTest::newRow("generated column") << "ALTER TABLE videos ADD COLUMN extra TEXT AS (upper(name))";
        QTest::newRow("default") << "DROP TABLE settings; CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL "
                                    "DEFAULT (hex('x'))) STRICT, WITHOUT ROWID";
        QTest::newRow("table gone") << "DROP TABLE predictions";
        QTest::newRow("rules gone") << "DROP TABLE settings; CREATE TABLE settings (name TEXT, value TEXT)";
        QTest::newRow("older than its tables") << "PRAGMA user_version = 1";
        QTest::newRow("no version") << "PRAGMA user_version = -5";
    }
    void foreignTablesViewsAndTriggers() {
        QFETCH(QString, sql);
        ProjectPlace place;
        const auto folder = filledProject(place);
        execute(databaseOf(folder), sql.toStdString().c_str());
        const auto before = read_file(databaseOf(folder));
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            std::string message;
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }, &message), std::string("damaged"));
            QVERIFY(message.find(databaseOf(folder).string()) != std::string::npos);
        }
        QVERIFY(read_file(databaseOf(folder)) == before);
    }

    void linksInsideAreRefused() {
        namespace fs = std::filesystem;
        for (const char* part : {"project.sqlite", "project.lock", "project.sqlite-wal", "project.sqlite-shm",
                                 "project.sqlite-journal", "features", "checkpoints", "frames"}) {
            ProjectPlace place;
            const auto folder = filledProject(place);
            const auto secret = place.root() / "secret";
            write_file_atomically(secret, "private");
            fs::remove_all(folder / part);
            fs::create_symlink(secret, folder / part);
            for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
                std::string message;
                QCOMPARE(code_thrown([&] { Project::open(folder, mode); }, &message), std::string("unsupported"));
                QVERIFY2(message.find((folder / part).string()) != std::string::npos, message.c_str());
            }
            QCOMPARE(read_file(secret), std::string("private"));
        }
    }

    void aJournalThatNamesAnotherFileIsRefused() {
        // SQLite deletes the super-journal that a journal names, wherever it lies.
        ProjectPlace place;
        const auto folder = filledProject(place);
        const std::string victim = (place.root() / "victim").string();
        write_file_atomically(victim, "x");
        write_file_atomically(databaseOf(folder).string() + "-journal", journal_naming(victim));
        for (const auto mode : {OpenMode::read_only, OpenMode::read_write}) {
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }), std::string("damaged"));
            QVERIFY(std::filesystem::exists(victim));
        }
    }

    void sqliteDeletesWhatAJournalNames() {
        // What the test before rests on.
        ProjectPlace place;
        const auto database = place.root() / "plain.sqlite";
        const std::string victim = (place.root() / "victim").string();
        { SQLite::Database(database.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t (x)"); }
        write_file_atomically(victim, "x");
        write_file_atomically(database.string() + "-journal", journal_naming(victim));
        try {
            execute(database, "INSERT INTO t VALUES (1)");
        } catch (const SQLite::Exception&) {
            // The journal makes a ruin of the database itself, too; what counts is the file that it names.
        }
        QVERIFY(!std::filesystem::exists(victim));
    }

    void pagesThatLeadInCirclesHaveAnEnd() {
        ProjectPlace place;
        const auto folder = filledProject(place);
        write_file_atomically(databaseOf(folder), read_file(endless_database("project")));
        std::string message;
        for (const auto mode : {OpenMode::read_only, OpenMode::read_write}) {
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }, &message), std::string("damaged"));
            QVERIFY2(message.find("circles") != std::string::npos, message.c_str());
        }
    }

    void aFileThatIsLargeBuysNoTimeForCircles() {
        ProjectPlace place;
        const auto folder = filledProject(place);
        write_file_atomically(databaseOf(folder), read_file(endless_database("project")));
        std::filesystem::resize_file(databaseOf(folder), uintmax_t{4} << 30);  // a hole, which takes no room
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(code_thrown([&] { Project::open(folder, OpenMode::read_only); }), std::string("damaged"));
        QVERIFY2(timer.elapsed() < 5'000, "as many steps as its size would allow take hours");
    }

    void aSecondWriterIsRefused() {
        ProjectPlace place;
        const auto folder = filledProject(place);
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
        const auto folder = filledProject(place);
        Project reader = Project::open(folder, OpenMode::read_only);
        QCOMPARE(code_thrown([&] { reader.set_kind("x"); }), std::string("invalid_argument"));
        QCOMPARE(code_thrown([&] { reader.add_run("x", "{}"); }), std::string("invalid_argument"));
        QVERIFY(!std::filesystem::exists(reader.checkpoints_dir(3)));
    }

    void readingWorksWithoutWritePermission() {
        ProjectPlace place;
        const auto folder = filledProject(place);
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
        const auto folder = filledProject(place);
        Database db(databaseOf(folder), Access::read_write);
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
        const auto folder = filledProject(place);
        const auto size = std::filesystem::file_size(databaseOf(folder));
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

QTEST_GUILESS_MAIN(TestOpening)
#include "test_opening.moc"
