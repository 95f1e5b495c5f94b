// SPDX-License-Identifier: GPL-3.0-or-later
// The window on small screens, and on large ones whose pixels are counted double.
#include <QAbstractScrollArea>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "ui/shell/job_strip.h"

using namespace rest;
using namespace rest::ui;

class TestUiSmallScreen : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void itFitsTheScreen() {
        const MainWindow window;
        QVERIFY(window.width() <= window.screen()->availableSize().width());
        QVERIFY(window.height() < window.screen()->availableSize().height());
    }

    void everyPageIsWholeOrCanBeScrolled_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("whole");
        QTest::newRow("1280 x 768") << QSize(1280, 768) << true;
        QTest::newRow("1920 x 1200 at 200 %") << QSize(960, 568) << false;
        QTest::newRow("800 x 500") << QSize(800, 500) << false;
    }
    void everyPageIsWholeOrCanBeScrolled() {
        QFETCH(QSize, size);
        QFETCH(bool, whole);
        const MadeProject made(folder_.filePath(QStringLiteral("p%1.rest").arg(size.width())));
        made.measure(made.addRun("REST"), 5, {{"x", 1, 0}, {"x", 1, 0}, {"x", 1, 1}, {"x", 1, 1}});
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.resize(size);
        QTRY_COMPARE(window.size(), size);
        for (int page = 0; page < window.pageCount(); ++page) {
            window.showPage(static_cast<MainWindow::Page>(page));
            QCoreApplication::processEvents();
            const auto* room = qobject_cast<const QScrollArea*>(window.pageWidget(page));
            QVERIFY(room);
            const QByteArray name = window.pageName(page).toUtf8();
            const auto fits = [room] { return room->widget()->size().expandedTo(room->widget()->minimumSizeHint()); };
            QTRY_COMPARE(fits(), room->widget()->size());
            const QSize needed = room->widget()->minimumSizeHint();
            const bool scrolls = room->horizontalScrollBar()->maximum() > 0 || room->verticalScrollBar()->maximum() > 0;
            if (whole)
                QVERIFY2(!scrolls, qPrintable(QStringLiteral("%1 needs %2 x %3")
                                                  .arg(window.pageName(page))
                                                  .arg(needed.width())
                                                  .arg(needed.height())));
            // Whatever the page: what runs is in sight.
            const QPoint corner = window.strip().mapTo(&window, window.strip().rect().bottomRight());
            QVERIFY2(window.rect().contains(corner), name);
        }
    }
};

REST_TEST(TestUiSmallScreen)
#include "test_ui_small_screen.moc"
