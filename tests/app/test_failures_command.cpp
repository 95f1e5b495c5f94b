// SPDX-License-Identifier: GPL-3.0-or-later
// `rest failures`: lists and exports what the page Failures shows.
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/gallery/filter_json.h"
#include "tests/app/rest_command.h"
#include "tests/gallery/made_gallery.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::test;

class TestFailuresCommand : public QObject {
    Q_OBJECT

  private:
    MadeGallery made_;

    Ran run(QStringList arguments) const {
        arguments.insert(0, QStringLiteral("failures"));
        arguments.insert(1, QString::fromStdString(made_.folder.string()));
        return run_rest(arguments, environment_in(made_.place));
    }
    nlohmann::json clips(QStringList arguments) const {
        const Ran ran = run(arguments + QStringList{QStringLiteral("--json")});
        if (ran.status != 0) return ran.err.toStdString();
        return nlohmann::json::parse(ran.out.toStdString())["clips"];
    }

  private Q_SLOTS:
    void theNewestEvaluationIsListed() {
        const auto all = clips({});
        QCOMPARE(all.size(), size_t(4));
        QCOMPARE(all[1]["caption"], "surfing a wave");
        QCOMPARE(all[1]["read"], "surfing");
        QCOMPARE(all[1]["true_class"], "rowing");
        const Ran words = run({QStringLiteral("--reading"), QStringLiteral("wrong")});
        QVERIFY(words.out.contains("1 of 4 clips") && words.out.contains("read as surfing +0.300, is rowing"));
    }

    void filtersCombine() {
        QCOMPARE(clips({QStringLiteral("--class"), QStringLiteral("Rowing")}).size(), size_t(2));
        QCOMPARE(clips({QStringLiteral("--class"), QStringLiteral("rowing"), QStringLiteral("--words"),
                        QStringLiteral("BOAT")})
                     .size(),
                 size_t(1));
        QCOMPARE(clips({QStringLiteral("--against"), QString::number(made_.run) + QStringLiteral(":5"),
                        QStringLiteral("--changed"), QStringLiteral("became_right"), QStringLiteral("--changed"),
                        QStringLiteral("became_wrong")})
                     .size(),
                 size_t(2));
        QCOMPARE(clips({QStringLiteral("--margin"), QStringLiteral(":0.05"), QStringLiteral("--epoch"),
                        QStringLiteral("10")})
                     .size(),
                 size_t(1));
        QCOMPARE(clips({QStringLiteral("--order"), QStringLiteral("most_sure")})[0]["caption"], "surfing a wave");
        store::TagBook book(made_.folder);
        book.put(made_.read().tags()[0].id, made_.run, 10, std::vector{made_.clip(2)}, "Anna");
        QCOMPARE(clips({QStringLiteral("--tag"), QStringLiteral("Missed object")}).size(), size_t(1));
        book.save_filter("rowers", gallery::to_json({.labels = {1}}, {"juggling", "rowing", "surfing"}, {}), "Anna");
        QCOMPARE(clips({QStringLiteral("--filter"), QStringLiteral("rowers"), QStringLiteral("--reading"),
                        QStringLiteral("right")})
                     .size(),
                 size_t(1));
    }

    void anExportIsWrittenOnce() {
        const QString out = made_.place.filePath(QStringLiteral("out"));
        const QStringList arguments = {
            QStringLiteral("--reading"), QStringLiteral("right"), QStringLiteral("--export"), out,
            QStringLiteral("--files"),   QStringLiteral("links"), QStringLiteral("--json")};
        const Ran first = run(arguments);
        QCOMPARE(first.status, 0);
        QCOMPARE(nlohmann::json::parse(first.out.toStdString())["clips"], 2);
        const auto list = nlohmann::json::parse(read_file(out.toStdString() + "/clips.json"));
        QCOMPARE(list["filter"]["verdicts"][0], "right");
        QVERIFY(std::filesystem::is_symlink(out.toStdString() + "/" + list["clips"][0]["file"].get<std::string>()));
        const Ran second = run(arguments);
        QCOMPARE(second.status, 2);  // wrong usage: nothing was tried
        QVERIFY(second.err.contains(out.toUtf8()));
    }

    void whatIsWrongIsNamedWithTheWayOut_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("told");
        QTest::addColumn<int>("status");
        const auto row = [](const char* option, const char* value, const char* told, int status = 2) {
            QTest::newRow(option) << QStringList{QString::fromLatin1(option), QString::fromLatin1(value)}
                                  << QString::fromLatin1(told) << status;
        };
        row("--class", "paddling", "juggling, rowing");
        row("--tag", "odd", "missed object");
        row("--reading", "maybe", "unlabelled");
        row("--changed", "became_right", "--against");
        row("--margin", "high", "FROM:TO");
        row("--epoch", "7", "epoch 10", 1);
        row("--against", "99", "was not measured", 1);
        row("--filter", "none", "page Failures");
        row("--order", "odd", "least_sure");
        row("--split", "tests", "train, val, test");
    }
    void whatIsWrongIsNamedWithTheWayOut() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, told);
        QFETCH(int, status);
        const MadeGallery made;
        arguments.insert(0, QStringLiteral("failures"));
        arguments.insert(1, QString::fromStdString(made.folder.string()));
        const Ran ran = run_rest(arguments, environment_in(made.place));
        QCOMPARE(ran.status, status);
        QVERIFY2(ran.err.contains(arguments.back().toUtf8()) || arguments.back() == QLatin1String("became_right"),
                 ran.err.constData());
        QVERIFY2(ran.err.contains(told.toUtf8()), ran.err.constData());
    }
};

REST_TEST(TestFailuresCommand)
#include "test_failures_command.moc"
