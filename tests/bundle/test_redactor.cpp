// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/bundle/redactor.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::bundle;

namespace {

std::string without(const std::vector<std::string>& people, const std::string& text) {
    return NamePattern(people, "<person>").replaced(text);
}

std::string shortened(const std::string& text, const KnownFolders& folders = {.home = "/home/anna"}) {
    return PathShortener(folders).shortened(text);
}

std::string redacted(const Secrets& secrets, const std::string& text) {
    return Redactor(secrets).redacted(text);
}

}  // namespace

class TestRedactor : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void namesGo_data() {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* what, QStringList names, const char* text, const char* expected) {
            QTest::newRow(what) << std::move(names) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("plain", {"Anna"}, "answers of Anna, anna's and ANNA", "answers of <person>, <person>'s and <person>");
        row("part of a word", {"Anna"}, "savannah, Annabel, Joanna, Anna", "savannah, Annabel, Joanna, <person>");
        row("beside digits and signs", {"Anna"}, "anna2 study_anna_1 x-anna.study",
            "<person>2 study_<person>_1 x-<person>.study");
        row("short", {"Al", "Bo", "J"}, "Al, bo and J. also judge Bob",
            "<person>, <person> and <person>. also judge Bob");
        row("signs of patterns", {"a.*(b", "[x]+", "C++", "\\E.\\Q", "$1", "^|$"},
            "a.*(b [x]+ c++ \\E.\\Q $1 ^|$ abc xx", "<person> <person> <person> <person> <person> <person> abc xx");
        row("a pattern is no pattern", {"A.na"}, "anna axna A.na a na", "anna axna <person> <person>");
        row("of several words", {"Anna  Lena Schmidt"}, "anna_lena-schmidt; Schmidt, A.; lena",
            "<person>; <person>, A.; <person>");
        row("the longer name goes whole", {"Anna", "Anna Maria"}, "Anna Maria", "<person>");
        row("accents, composed or not", {"José Müller"}, "Jose\xCC\x81 Mu\xCC\x88ller, JOSÉ", "<person>, <person>");
        row("decomposed name", {"Zoe\xCC\x88"}, "zoë Zoe\xCC\x88", "<person> <person>");
        row("letters that grow", {"Groß"}, "GROSS groß grossen", "<person> <person> grossen");
        row("Cyrillic and Greek", {"Анна", "Νίκος"}, "АННА Аннабель νίκος ΝΊΚΟΣ",
            "<person> Аннабель <person> <person>");
        row("no blanks between words", {"漕艇", "ひろ"}, "女漕艇员 ひろさん", "女<person>员 <person>さん");
        row("a sign", {"🦊"}, "by 🦊 and🦊", "by <person> and<person>");
        row("numbers", {"7", "12", "20031987"}, "7 clips in 12 s by 20031987, not 120031987",
            "7 clips in 12 s by <person>, not 120031987");
        row("no names", {"", "  ", "-"}, "a - b", "a - b");
        row("its own stand-in", {"person"}, "a person", "a <person>");
    }

    void namesGo() {
        QFETCH(QStringList, names);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        std::vector<std::string> people;
        for (const QString& name : names) people.push_back(name.toStdString());
        QCOMPARE(QString::fromStdString(without(people, text.toStdString())), expected);
    }

    void bytesThatAreNoTextAreReplaced() {
        QCOMPARE(without({"Anna"},
                         "\xff"
                         "Anna\xc3"),
                 std::string("\xEF\xBF\xBD<person>\xEF\xBF\xBD"));
        QCOMPARE(without({"An\xffna"}, "An\xffna"), std::string("<person>"));
    }

    void manyNamesInALargeLog() {
        std::vector<std::string> people;
        for (int i = 0; i < 400; ++i)
            people.push_back("annotator" + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(1000 + i));
        std::string log;
        while (log.size() < (1 << 18)) log += "2026-01-01 loss 3.25 of annotatorb1001, next batch\n";
        const auto clean = without(people, log);
        QCOMPARE(clean.find("annotatorb1001"), std::string::npos);
        QVERIFY(clean.find("loss 3.25 of <person>, next batch") != std::string::npos);
    }

    void pathsAreShortened_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* what, const char* text, const char* expected) {
            QTest::newRow(what) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("plain", "Cannot read /data/secret/a.mp4: gone", "Cannot read …/a.mp4: gone");
        row("home", "in /home/anna", "in ~");
        row("home's own", "/home/anna/x.log", "~/x.log");
        row("deep in home", "\"/home/anna/a b/c/x.log\"", "\"~/…/x.log\"");
        row("like home", "/home/annabel/x", "…/x");
        row("another home", "at /home/bob, and /Users/bob", "at …/<user>, and …/<user>");
        row("beneath another home", "/home/bob/x.txt", "…/x.txt");
        row("blanks", "Cannot read /data/Anna Schmidt/clip one.mp4, 3 more", "Cannot read …/clip one.mp4, 3 more");
        row("two", "/a/b/c and /d/e", "…/c and …/e");
        row("a list", "/a/b/c:/d/e", "…/e");
        row("relative", "train/rowing/1.mp4 and ./x/y, ../z", "train/rowing/1.mp4 and ./x/y, ../z");
        row("no path", "3 / 4, and/or, 5/6 km/h /", "3 / 4, and/or, 5/6 km/h /");
        row("root's", "/tmp", "/tmp");
        row("address of a file", "file:///data/x/y.mp4", "file:…/y.mp4");
        row("lines", "/a/b\n/c/d", "…/b\n…/d");
        row("study", "/data/Anna.study", "…/<study>.study");
        row("study with blanks", "merged Anna Schmidt.study, and x.study", "<study>.study, <study>.study");
        row("in a log", "[2026-01-01 10:00:00.000] [rest] [error] Anna.study is damaged",
            "[2026-01-01 10:00:00.000] [rest] [error] <study>.study is damaged");
        row("known media", "/m/odd: \"folder\", x/sub/a.mp4 is cut", "…/a.mp4 is cut");
        row("known media itself", "the folder /m/odd: \"folder\", x has nothing", "the folder … has nothing");
        row("project", "/p/Anna's, thing/my.rest/checkpoints/run_1/epoch_0002",
            "…/my.rest/checkpoints/run_1/epoch_0002");
        row("project in home", "/home/anna/p/my.rest/project.sqlite", "~/…/my.rest/project.sqlite");
    }

    void pathsAreShortened() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const KnownFolders folders{.home = "/home/anna/",
                                   .projects = {"/p/Anna's, thing/my.rest", "/home/anna/p/my.rest/"},
                                   .media = {"/m/odd: \"folder\", x", "", "relative"}};
        QCOMPARE(QString::fromStdString(shortened(text.toStdString(), folders)), expected);
    }

    void withoutAHomeNothingIsCalledHome() {
        for (const char* home : {"", "/", "relative"})
            QCOMPARE(shortened("/data/x/y", {.home = home}), std::string("…/y"));
    }

    void addressesGo() {
        const Secrets none;
        QCOMPARE(redacted(none, "ask anna.s+x@uni-bonn.de, <zoë@ex.org>; b@localhost"),
                 std::string("ask <e-mail>, <<e-mail>>; <e-mail>"));
        QCOMPARE(redacted(none, "a @ b, @x and y@"), std::string("a @ b, @x and y@"));
        QCOMPARE(redacted(none, "a@b@c"), std::string("<e-mail>"));
    }

    void allKindsAtOnceAndInDocuments() {
        const Secrets secrets{.people = {"Zoë"},
                              .user = {{"anna", "Anna Schmidt"}, {"turing.uni.de", "turing"}, "/home/anna"}};
        QCOMPARE(redacted(secrets, "zoë: Schmidt@turing, anna on TURING (turing.uni.de), /home/anna/x/Zoë.mp4"),
                 std::string("<person>: <e-mail>, <user> on <host> (<host>), ~/…/<person>.mp4"));
        const nlohmann::json document = {{"anna", {"/home/anna/a/b", 3, nullptr, true, {{"k", "Zoë"}}}}, {"x", 1.5}};
        const nlohmann::json expected = {{"<user>", {"~/…/b", 3, nullptr, true, {{"k", "<person>"}}}}, {"x", 1.5}};
        QCOMPARE(Redactor(secrets).redacted_json(document).dump(), expected.dump());
    }
};

REST_TEST(TestRedactor)
#include "test_redactor.moc"
