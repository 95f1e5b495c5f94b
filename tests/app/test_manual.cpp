// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that the manual and the README show are commands that the program has.
#include <QRegularExpression>
#include <QtTest/QtTest>

#include "app/commands/command_line.h"
#include "core/base/atomic_file.h"
#include "core/help/topics.h"
#include "tests/app/rest_command.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::app;

namespace {

/// "rest train my.rest --resume" of every code block and every `inline code`, without what is explained behind it.
QStringList shown_commands(const QString& text) {
    static const QRegularExpression command(QStringLiteral("(?:^ {4,}|`)(rest [a-z][^`\\n]*?)(?=`|$|  |[ ]#)"),
                                            QRegularExpression::MultilineOption);
    QStringList found;
    for (auto all = command.globalMatch(text); all.hasNext();) found.push_back(all.next().captured(1));
    return found;
}

/// Empty when every command and option in it is known.
QString unknown_part(CLI::App* app, const QString& line) {
    bool options = false;  // what stands behind the first one may be its value
    for (const QString& word : line.split(QLatin1Char(' '), Qt::SkipEmptyParts).mid(1)) {
        if (word.startsWith(QLatin1String("--"))) {
            options = true;
            if (app->get_option_no_throw(word.section(QLatin1Char('='), 0, 0).toStdString()) == nullptr) return word;
            continue;
        }
        if (options || app->get_require_subcommand_min() == 0) continue;
        const auto below =
            app->get_subcommands([&](const CLI::App* command) { return command->check_name(word.toStdString()); });
        if (below.empty()) return word;
        app = below.front();
    }
    return {};
}

}  // namespace

class TestManual : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void shownCommandsExist() {
        Console console;
        CLI::App app;
        define_command_line(app, console);
        int seen = 0;
        const auto check = [&](const std::string& where, const QString& text) {
            for (const QString& line : shown_commands(text)) {
                const QString unknown = unknown_part(&app, line);
                QVERIFY2(unknown.isEmpty(), qPrintable(QString::fromStdString(where) + ": " + line + ": " + unknown));
                ++seen;
            }
        };
        for (const auto& topic : help::topics())
            check(topic.name, QString::fromStdString(help::topic_text(topic.name)));
        check("README.md", QString::fromStdString(read_file(test::source_dir() / "README.md")));
        QVERIFY2(seen > 50, qPrintable(QString::number(seen)));
    }

    void theProgramShowsItsManual() {
        QTemporaryDir dir;
        const auto run = [&](const QStringList& arguments) {
            return test::run_rest(arguments, test::environment_in(dir));
        };
        const auto list = run({"help"});
        QCOMPARE(list.status, 0);
        QVERIFY(list.out.contains("own-data"));
        const auto page = run({"help", "keys"});
        QCOMPARE(page.status, 0);
        QVERIFY(page.out.startsWith("Keys\n====\n"));
        QVERIFY(!page.out.contains("**"));
        const auto unknown = run({"help", "nothing"});
        QCOMPARE(unknown.status, 1);
        const auto settings = run({"train", "--set", "help"});
        QCOMPARE(settings.status, 0);
        QVERIFY(settings.out.contains("label_smoothing"));
    }
};

REST_TEST(TestManual)
#include "test_manual.moc"
