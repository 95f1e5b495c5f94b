// SPDX-License-Identifier: GPL-3.0-or-later
// Study files that were damaged, or crafted by an attacker.
#include <sys/stat.h>
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "tests/store/hostile_files.h"
#include "tests/store/project_file.h"
#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;
using namespace rest::test;

namespace {

namespace fs = std::filesystem;

/// Twelve answers, whatever the number of clips.
fs::path answeredStudy(const ProjectPlace& place, int clips = 12) {
    Study study = make_study(place.root(), {.clips = clips});
    RatingSession session(study, "anna");
    for (int i = 0; i < 12; ++i) session.answer(i % 3 == 0, {1500, 1});
    return study.file();
}

std::string codeOfOpening(const fs::path& file, store::OpenMode mode = store::OpenMode::read_write) {
    std::string message;
    const auto code = code_thrown([&] { Study::open(file, mode); }, &message);
    if (code != "nothing" && message.find(file.string()) == std::string::npos) return "a message without the file";
    return code;
}

}  // namespace

class TestStudyHostile : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void foreignTablesViewsAndTriggers_data() {
        QTest::addColumn<QString>("sql");
        QTest::newRow("trigger") << "CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM answers; END";
        QTest::newRow("view") << "ALTER TABLE answers RENAME TO kept; CREATE VIEW answers AS SELECT * FROM kept";
        QTest::newRow("table") << "CREATE TABLE extra (x)";
        QTest::newRow("virtual table") << "CREATE VIRTUAL TABLE extra USING fts5 (x)";
        QTest::newRow("index") << "CREATE INDEX extra ON answers (reason)";
        QTest::newRow("column") << "ALTER TABLE clips ADD COLUMN extra TEXT DEFAULT 'x'";
        QTest::newRow("table gone") << "DROP TABLE reservations";
        QTest::newRow("rules gone")
            << "DROP TABLE reservations; CREATE TABLE reservations (annotator TEXT, clip INTEGER)";
        QTest::newRow("no version") << "PRAGMA user_version = 0";
    }
    void foreignTablesViewsAndTriggers() {
        QFETCH(QString, sql);
        ProjectPlace place;
        const auto file = answeredStudy(place);
        execute(file, sql.toStdString());
        const auto before = read_file(file);
        for (const auto mode : {store::OpenMode::read_write, store::OpenMode::read_only}) {
            QCOMPARE(codeOfOpening(file, mode), std::string("damaged"));
        }
        QVERIFY(read_file(file) == before);
    }

    void rowsAgainstTheRules_data() {
        QTest::addColumn<QString>("sql");
        QTest::newRow("choice") << "UPDATE answers SET choice = 7";
        QTest::newRow("time") << "UPDATE answers SET milliseconds = -5";
        QTest::newRow("role") << "UPDATE clips SET role = 3 WHERE id = 2";
        QTest::newRow("code") << "UPDATE annotators SET code = ''";
        QTest::newRow("uuid") << "UPDATE study SET value = '../../etc' WHERE name = 'uuid'";
        QTest::newRow("k") << "UPDATE study SET value = '10; drop' WHERE name = 'answers_per_clip'";
        QTest::newRow("k huge") << "UPDATE study SET value = '99999999999999999999' WHERE name = 'answers_per_clip'";
        QTest::newRow("no seed") << "DELETE FROM study WHERE name = 'seed'";
        QTest::newRow("stranger") << "UPDATE answers SET annotator = '0123456789abcdef0123456789abcdef'";
        QTest::newRow("clip gone") << "DELETE FROM clips WHERE id = 3";
    }
    void rowsAgainstTheRules() {
        QFETCH(QString, sql);
        ProjectPlace place;
        const auto file = answeredStudy(place);
        execute(file, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; " + sql.toStdString());
        for (const auto mode : {store::OpenMode::read_write, store::OpenMode::read_only}) {
            QCOMPARE(codeOfOpening(file, mode), std::string("damaged"));
        }
    }

    void otherFiles() {
        ProjectPlace place;
        const auto file = place.root() / "x.study";
        QCOMPARE(codeOfOpening(file), std::string("not_found"));
        write_file_atomically(file, "");
        QCOMPARE(codeOfOpening(file), std::string("unsupported"));
        write_file_atomically(file, std::string(9000, 'z'));
        QCOMPARE(codeOfOpening(file), std::string("damaged"));
        const store::Project project = store::Project::create(place.folder());
        QCOMPARE(codeOfOpening(project.folder() / "project.sqlite"), std::string("unsupported"));
        const auto own = answeredStudy(place);
        execute(own, "PRAGMA user_version = 2");
        QCOMPARE(codeOfOpening(own), std::string("newer_version"));
    }

    void cutShortOrOverwritten() {
        ProjectPlace place;
        const auto file = answeredStudy(place, 2000);
        const auto whole = read_file(file);
        QVERIFY(whole.size() > 100000);
        for (const size_t part : {size_t{50}, size_t{4096}, whole.size() / 2, whole.size() - 4096}) {
            write_file_atomically(file, whole.substr(0, part));
            QCOMPARE(codeOfOpening(file), std::string("damaged"));
        }
        auto scribbled = whole;
        for (size_t i = whole.size() / 2; i < whole.size() / 2 + 8192; ++i) scribbled[i] = static_cast<char>(i * 31);
        write_file_atomically(file, scribbled);
        QCOMPARE(codeOfOpening(file), std::string("damaged"));
        write_file_atomically(file, whole);
        QCOMPARE(codeOfOpening(file), std::string("nothing"));
    }

    void pathsInsideCountInAProjectAlone() {
        ProjectPlace place;
        const auto secret = place.root() / "private.mp4";
        write_file_atomically(secret, "x");
        const auto file = answeredStudy(place);
        execute(file, "UPDATE clips SET path = '" + secret.string() + "', file_bytes = 1");
        {
            const Study study = Study::open(file);
            QVERIFY(study.clips().front().path.empty());
            QVERIFY(study.source(0).path.empty());
            QVERIFY(!study.source(0).problem.empty());
        }
        const store::Project project = store::Project::create(place.folder());
        fs::create_directories(studies_dir(project.folder()));
        const auto inside = study_file(project.folder(), "made");
        fs::copy_file(file, inside);
        const Study study = Study::open(inside);
        QCOMPARE(study.source(0).path, secret);
        QVERIFY(study.source(0).problem.empty());
        write_file_atomically(secret, "changed");
        QVERIFY(!study.source(0).problem.empty());
        QVERIFY(study.source(0).problem.find("private") == std::string::npos);
    }

    void pagesThatLeadInCirclesHaveAnEnd() {
        std::string message;
        for (const auto mode : {store::OpenMode::read_write, store::OpenMode::read_only}) {
            QCOMPARE(code_thrown([&] { Study::open(endless_database("study"), mode); }, &message),
                     std::string("damaged"));
            QVERIFY2(message.find("circles") != std::string::npos, message.c_str());
        }
    }

    void companyThatLeadsElsewhereIsRefused() {
        ProjectPlace place;
        const auto file = answeredStudy(place);
        const fs::path victim = place.root() / "victim", journal = file.string() + "-journal";
        write_file_atomically(victim, "x");
        write_file_atomically(journal, journal_naming(victim.string()));
        QCOMPARE(code_thrown([&] { Study::open(file); }), std::string("damaged"));
        fs::remove(journal);
        for (const char* suffix : {"-journal", "-wal", "-shm"}) {
            const fs::path beside = file.string() + suffix;
            fs::create_symlink(victim, beside);
            for (const auto mode : {store::OpenMode::read_write, store::OpenMode::read_only}) {
                QCOMPARE(code_thrown([&] { Study::open(file, mode); }), std::string("unsupported"));
            }
            fs::remove(beside);
        }
        QCOMPARE(::mkfifo(journal.c_str(), 0600), 0);
        QCOMPARE(code_thrown([&] { Study::open(file); }), std::string("unsupported"));
        fs::remove(journal);
        QCOMPARE(read_file(victim), std::string("x"));
        QCOMPARE(code_thrown([&] { Study::open(file); }), std::string("nothing"));
    }

    void aFileForReadingStaysAsItIs() {
        ProjectPlace place;
        const auto file = answeredStudy(place);
        const auto before = read_file(file);
        {
            Study study = Study::open(file, store::OpenMode::read_only);
            QCOMPARE(study.current_answers().size(), size_t{12});
            QCOMPARE(code_thrown([&] { study.sign_in("new"); }), std::string("invalid_argument"));
            QCOMPARE(study.sign_in("anna").code, std::string("anna"));
            QCOMPARE(code_thrown([&] { study.record({}); }), std::string("invalid_argument"));
        }
        QVERIFY(read_file(file) == before);
    }

    void theFileAloneHoldsEveryAnswer() {
        // No write-ahead log beside it: a copy made while the program runs is the whole study.
        ProjectPlace place;
        Study study = make_study(place.root());
        RatingSession session(study, "anna");
        for (int i = 1; i <= 5; ++i) {
            session.answer(true, {1, 0});
            const auto copy = place.root() / ("copy" + std::to_string(i) + ".study");
            fs::copy_file(study.file(), copy);
            QCOMPARE(Study::open(copy, store::OpenMode::read_only).answers().size(), static_cast<size_t>(i));
            QVERIFY(!fs::exists(study.file().string() + "-wal"));
        }
    }
};

REST_TEST(TestStudyHostile)
#include "test_study_hostile.moc"
