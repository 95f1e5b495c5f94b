// SPDX-License-Identifier: GPL-3.0-or-later
// A project stays open until the next one has been opened.
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "ui/captions/captions_page.h"
#include "ui/controls/notice_bar.h"
#include "ui/reports/evaluation_model.h"
#include "ui/reports/reports_page.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiOpening : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;

    /// Each way in which opening fails.
    QString unopenable(const QString& kind) const {
        const QString where = folder_.filePath(kind + QStringLiteral(".rest"));
        if (kind == QLatin1String("missing")) return where;
        QDir().mkpath(where);
        if (kind == QLatin1String("empty")) return where;
        QFile file(where + QStringLiteral("/project.sqlite"));
        if (file.open(QIODevice::WriteOnly)) file.write(QByteArray(5000, 'x'));
        return where;
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aFailedOpenLeavesWhatIsOpen() {
        const MadeProject made(folder_.filePath(QStringLiteral("good.rest")));
        const RunId run = made.addRun("REST");
        made.measure(run, 5, {{"x", 1, 0}, {"x", 1, 0}, {"x", 1, 1}, {"x", 1, 1}});
        made.keep(run, 0, "kept");
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::captions);
        window.captionsPage().showVideo(made.clips[2]);
        QSignalSpy closed(&window.session(), &ProjectSession::closed);
        auto* notice = window.findChild<NoticeBar*>(QStringLiteral("windowNotice"));
        const QString title = window.windowTitle();
        for (const char* kind : {"missing", "empty", "damaged"}) {
            const QString where = unopenable(QLatin1String(kind));
            window.openProject(where);
            QTRY_VERIFY(notice->isVisible() && notice->message().contains(QLatin1String(kind)));
            QTRY_VERIFY(window.session().idle());
            QCOMPARE(window.session().folder(), made.folder);
            QCOMPARE(closed.count(), 0);
            QCOMPARE(window.windowTitle(), title);
            QVERIFY(window.captionsPage().isVisible());
            QCOMPARE(window.captionsPage().video(), made.clips[2]);
            QCOMPARE(window.session().videos()->videos.size(), size_t{5});
        }
        window.session().create(made.folder);  // exists already
        QTRY_VERIFY(notice->message().contains(QStringLiteral("good")));
        QTRY_VERIFY(window.session().idle());
        QCOMPARE(window.session().folder(), made.folder);
        // It is not only shown: it can still be read.
        window.showPage(MainWindow::Page::reports);
        QTRY_COMPARE(window.reportsPage().evaluations()->rowCount(), 1);
        made.measure(run, 10, {{"x", 1, 0}, {"x", 1, 0}, {"x", 1, 1}, {"x", 1, 1}});
        window.session().reloadVideos();
        QTRY_VERIFY(window.session().idle());
    }

    void theLastOfTwoOpeningsCounts() {
        const MadeProject a(folder_.filePath(QStringLiteral("first.rest")));
        const MadeProject b(folder_.filePath(QStringLiteral("second.rest")));
        MainWindow window;
        window.show();
        window.openProject(a.folder);
        window.openProject(b.folder);
        QTRY_VERIFY(window.session().isOpen() && window.session().idle());
        QCOMPARE(window.session().folder(), b.folder);
        window.openProject(a.folder);
        window.session().close();  // the last request
        QTRY_VERIFY(window.session().idle());
        QVERIFY(!window.session().isOpen());
    }

    void nothingOfTheProjectBeforeIsAnswered() {
        const MadeProject a(folder_.filePath(QStringLiteral("long.rest")));
        const MadeProject b(folder_.filePath(QStringLiteral("next.rest")));
        MainWindow window;
        QVERIFY(openIn(window, a));
        QStringList answers;
        window.openProject(b.folder);
        window.session().read(
            &window, [](const Project& project) { return text(project.folder()); },
            [&](const QString& folder) { answers << window.session().folder() + QChar('|') + folder; });
        QTRY_VERIFY(window.session().folder() == b.folder && window.session().idle());
        for (const QString& answer : answers)
            QCOMPARE(answer.section(QChar('|'), 0, 0), answer.section(QChar('|'), 1, 1));
    }
};

REST_TEST(TestUiOpening)
#include "test_ui_opening.moc"
