// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>
#include <algorithm>

#include "core/store/import_problems.h"
#include "tests/store/made_project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

class TestImportProblems : public QObject {
    Q_OBJECT

  private:
    static Problem problem(const std::string& file) {
        return {.file = file, .message = "Listed but not here", .remedy = "Fetch it."};
    }

    static std::vector<std::string> files(const Project& project) {
        std::vector<std::string> out;
        for (const auto& one : import_problems(project)) out.push_back(one.file);
        std::ranges::sort(out);
        return out;
    }

  private Q_SLOTS:
    void eachImportAnswersForItsOwn() {
        const ProjectPlace place;
        const auto folder = place.root() / "videos";
        std::filesystem::create_directories(folder);
        const auto inside = (folder / "a.mp4").string();
        const auto beside = (place.root() / "videos 2" / "b.mp4").string();
        {
            Project project = Project::create(place.folder());
            QVERIFY(import_problems(project).empty());
            keep_import_problems(project, "/lists/one.csv", {problem(inside), problem("c.mp4")});
            keep_import_problems(project, "/lists/two.csv", {problem(beside)});
            QCOMPARE(files(project), (std::vector<std::string>{beside, inside, "c.mp4"}));
            keep_import_problems(project, "/lists/two.csv", {problem("d.mp4")});  // replaces its problems
            QCOMPARE(files(project), (std::vector<std::string>{inside, "c.mp4", "d.mp4"}));
            keep_import_problems(project, folder, {});  // the folder was scanned: its file is no longer a problem
            QCOMPARE(files(project), (std::vector<std::string>{"c.mp4", "d.mp4"}));
        }
        const Project again = Project::open(place.folder(), OpenMode::read_only);
        QCOMPARE(files(again), (std::vector<std::string>{"c.mp4", "d.mp4"}));
        QCOMPARE(import_problems(again).front().message, std::string("Listed but not here"));
        QCOMPARE(import_problems(again).front().remedy, std::string("Fetch it."));
    }

    void veryManyAreCounted() {
        const ProjectPlace place;
        Project project = Project::create(place.folder());
        std::vector<Problem> many;
        for (int i = 0; i < 25000; ++i) many.push_back(problem("missing " + std::to_string(i)));
        keep_import_problems(project, "/lists/long.csv", many);
        const auto kept = import_problems(project);
        QCOMPARE(kept.size(), size_t{10001});
        QCOMPARE(kept.back().message, std::string("15000 further problems"));
        QCOMPARE(kept.back().file, std::string("/lists/long.csv"));
    }

    /// Names that are not UTF-8, and a setting that another program has written.
    void strangeTextsAreTaken() {
        const ProjectPlace place;
        Project project = Project::create(place.folder());
        keep_import_problems(project, "/lists/\xff.csv", {problem("bad \xc3\x28 name.mp4")});
        QCOMPARE(import_problems(project).size(), size_t{1});
        for (const char* words : {"", "{", "{}", "null", "[1, \"two\", {\"file\": 3}, []]"}) {
            project.set_setting("import_problems", words);
            for (const auto& one : import_problems(project)) QVERIFY(one.message.empty());
        }
        project.set_setting("import_problems", "nonsense");
        keep_import_problems(project, "/lists/one.csv", {problem("c.mp4")});
        QCOMPARE(files(project), (std::vector<std::string>{"c.mp4"}));
    }
};

REST_TEST(TestImportProblems)
#include "test_import_problems.moc"
