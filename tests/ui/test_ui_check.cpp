// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on the Check tab belongs to the check that is told there.
#include <QLabel>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "tests/ui/waiting_job.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_memory.h"
#include "ui/train/check_memory.h"
#include "ui/train/check_panel.h"
#include "ui/train/setting_form.h"
#include "ui/train/setting_row.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::ui;

class TestUiCheck : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    int made_ = 0;

    MadeProject project() { return MadeProject(folder_.filePath(QStringLiteral("p%1.rest").arg(++made_))); }

    static void edit(MainWindow& window, const QString& neighbours) {
        window.trainPage().form()->row("neighbours")->setValue(neighbours);
    }
    static QString words(MainWindow& window) {
        const auto* panel = window.trainPage().findChild<CheckPanel*>();
        QStringList texts;
        for (const QLabel* label : panel->findChildren<QLabel*>()) {
            if (label->isVisibleTo(panel)) texts << label->text();
        }
        return texts.join(QChar('\n'));
    }
    /// As an earlier check has left it.
    static void leaveCheck(const MadeProject& made) {
        CheckMemory kept;
        kept.settings = text(to_json(preset("paper")));
        kept.when = QDateTime::currentDateTimeUtc().addDays(-3);
        kept.check.train_videos = 1234;
        remember(made.folder, CheckMemory::name, kept.toJson());
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void anotherCheckHasNotTheAgeOfTheLast() {
        const auto made = project();
        leaveCheck(made);
        MainWindow window;
        QVERIFY(openIn(window, made));
        QVERIFY(words(window).contains(QStringLiteral("Checked")));
        edit(window, QStringLiteral("5000"));
        QVERIFY(words(window).contains(QStringLiteral("settings other than")));

        const auto gate = std::make_shared<Gate>();
        window.engine().submit(std::make_unique<WaitingJob>("before it", gate));
        window.trainPage().check();
        QVERIFY(words(window).contains(QStringLiteral("before it")));
        edit(window, QStringLiteral("5001"));
        QVERIFY(!words(window).contains(QStringLiteral("Checked")));
        window.engine().cancel(window.engine().jobs().back().id);
        QTRY_VERIFY(words(window).contains(QStringLiteral("did not finish")));
        edit(window, QStringLiteral("5002"));
        QVERIFY2(!words(window).contains(QStringLiteral("Checked")), qPrintable(words(window)));
        window.engine().cancelAll();
        QTRY_VERIFY(!window.engine().busy());
    }

    /// What was kept a moment before counts, not what the opening had read by then.
    void whatIsKeptWhileAProjectIsOpenedAnewIsThere() {
        const auto made = project();
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.openProject(made.folder);
        edit(window, QStringLiteral("77"));
        window.session().remember(made.folder, QStringLiteral("probe"), 5);
        QSignalSpy opened(&window.session(), &ProjectSession::opened);
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(window.session().memory().value(QStringLiteral("probe")).toInt(), 5);
        QCOMPARE(window.trainPage().form()->row("neighbours")->value(), QStringLiteral("77"));
    }
};

REST_TEST(TestUiCheck)
#include "test_ui_check.moc"
