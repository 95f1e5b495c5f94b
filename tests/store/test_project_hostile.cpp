// SPDX-License-Identifier: GPL-3.0-or-later
// Projects crafted by an attacker.
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "tests/store/hostile_files.h"
#include "tests/store/project_file.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

class TestProjectHostile : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void foreignTablesViewsAndTriggers_data() {
        QTest::addColumn<QString>("sql");
        QTest::newRow("trigger") << "CREATE TRIGGER t AFTER INSERT ON texts BEGIN DELETE FROM videos; END";
        QTest::newRow("view") << "ALTER TABLE videos RENAME TO kept; CREATE VIEW videos AS SELECT * FROM kept";
        QTest::newRow("table") << "CREATE TABLE extra (x)";
        QTest::newRow("virtual table") << "CREATE VIRTUAL TABLE extra USING fts5 (x)";
        QTest::newRow("index on an expression") << "CREATE INDEX extra ON texts (length(text))";
        QTest::newRow("generated column") << "ALTER TABLE videos ADD COLUMN extra TEXT AS (upper(name))";
        QTest::newRow("default")
            << "DROP TABLE settings; CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL "
               "DEFAULT (hex('x'))) STRICT, WITHOUT ROWID";
        QTest::newRow("table gone") << "DROP TABLE predictions";
        QTest::newRow("rules gone") << "DROP TABLE settings; CREATE TABLE settings (name TEXT, value TEXT)";
        QTest::newRow("older than its tables") << "PRAGMA user_version = 1";
        QTest::newRow("no version") << "PRAGMA user_version = -5";
    }
    void foreignTablesViewsAndTriggers() {
        QFETCH(QString, sql);
        ProjectPlace place;
        const auto folder = filled_project(place);
        execute(database_of(folder), sql.toStdString());
        const auto before = read_file(database_of(folder));
        for (const auto mode : {OpenMode::read_write, OpenMode::read_only}) {
            std::string message;
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }, &message), std::string("damaged"));
            QVERIFY(message.find(database_of(folder).string()) != std::string::npos);
        }
        QVERIFY(read_file(database_of(folder)) == before);
    }

    void linksInsideAreRefused() {
        namespace fs = std::filesystem;
        for (const char* part : {"project.sqlite", "project.lock", "project.sqlite-wal", "project.sqlite-shm",
                                 "project.sqlite-journal", "features", "checkpoints", "frames"}) {
            ProjectPlace place;
            const auto folder = filled_project(place);
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
        // SQLite deletes the super-journal that a journal names, wherever it is.
        ProjectPlace place;
        const auto folder = filled_project(place);
        const std::string victim = (place.root() / "victim").string();
        write_file_atomically(victim, "x");
        write_file_atomically(database_of(folder).string() + "-journal", journal_naming(victim));
        for (const auto mode : {OpenMode::read_only, OpenMode::read_write}) {
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }), std::string("damaged"));
            QVERIFY(std::filesystem::exists(victim));
        }
    }

    void sqliteDeletesWhatAJournalNames() {
        // The assumption behind the previous test.
        ProjectPlace place;
        const auto database = place.root() / "plain.sqlite";
        const std::string victim = (place.root() / "victim").string();
        {
            SQLite::Database(database.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
                .exec("CREATE TABLE t (x)");
        }
        write_file_atomically(victim, "x");
        write_file_atomically(database.string() + "-journal", journal_naming(victim));
        try {
            execute(database, "INSERT INTO t VALUES (1)");
        } catch (const SQLite::Exception&) {
            // The journal destroys the database itself, too; what matters is the file that it names.
        }
        QVERIFY(!std::filesystem::exists(victim));
    }

    void pagesThatLeadInCirclesHaveAnEnd() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        write_file_atomically(database_of(folder), read_file(endless_database("project")));
        std::string message;
        for (const auto mode : {OpenMode::read_only, OpenMode::read_write}) {
            QCOMPARE(code_thrown([&] { Project::open(folder, mode); }, &message), std::string("damaged"));
            QVERIFY2(message.find("cyclic page references") != std::string::npos, message.c_str());
        }
    }

    void aFileThatIsLargeBuysNoTimeForCircles() {
        ProjectPlace place;
        const auto folder = filled_project(place);
        write_file_atomically(database_of(folder), read_file(endless_database("project")));
        std::filesystem::resize_file(database_of(folder), uintmax_t{4} << 30);  // a hole, which takes no space
        test::ProcessorTimer timer;
        timer.start();
        QCOMPARE(code_thrown([&] { Project::open(folder, OpenMode::read_only); }), std::string("damaged"));
        QVERIFY2(timer.elapsed() < 5'000, "as many steps as its size would allow take hours");
    }
};

REST_TEST(TestProjectHostile)
#include "test_project_hostile.moc"
