// SPDX-License-Identifier: GPL-3.0-or-later
// What the menus View and Help offer, and finding by words.
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/places.h"
#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "tests/ui/waiting_job.h"
#include "ui/captions/captions_page.h"
#include "ui/session/engine_client.h"
#include "ui/shell/about_dialog.h"
#include "ui/shell/find_dialog.h"
#include "ui/shell/job_strip.h"
#include "ui/shell/libraries.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/queue_panel.h"
#include "ui/shell/shortcut_dialog.h"
#include "ui/train/setting_form.h"
#include "ui/train/setting_row.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::ui;

class TestUiMenus : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    static QString words(const QWidget& widget) {
        QStringList texts;
        for (const QLabel* label : widget.findChildren<QLabel*>()) texts << label->text();
        return texts.join(QChar('\n'));
    }
    static QAction* action(MainWindow& window, const QString& text) {
        for (QAction* one : window.findChildren<QAction*>()) {
            if (one->text().remove(QChar('&')).startsWith(text)) return one;
        }
        return nullptr;
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void theQueueHasItsKeyWhateverWaits() {
        MainWindow window;
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto gate = std::make_shared<Gate>();
        const auto toggles = [&] {
            QTest::keyClick(&window, Qt::Key_J, Qt::ControlModifier);
            return window.queue().isVisible();
        };
        QVERIFY(toggles());
        QVERIFY(!toggles());
        for (int i = 0; i < 3; ++i) window.engine().submit(std::make_unique<WaitingJob>("job", gate));
        QTRY_COMPARE(window.strip().queueButton()->text(), QStringLiteral("2"));  // the text of the button changed
        QVERIFY(toggles());
        QVERIFY(!toggles());
        gate->open = true;
        QTRY_VERIFY(!window.engine().busy());
        QVERIFY(toggles());
    }

    void theThemeIsChosen() {
        MainWindow window;
        QList<Theme> asked;
        connect(&window.menu(), &MainMenu::themeRequested, this, [&](Theme theme) { asked << theme; });
        QVERIFY(action(window, QStringLiteral("As the desktop"))->isChecked());
        action(window, QStringLiteral("Dark"))->trigger();
        QCOMPARE(asked, QList<Theme>{Theme::dark});
        QVERIFY(action(window, QStringLiteral("Dark"))->isChecked());
        window.menu().setTheme(Theme::light);
        QVERIFY(action(window, QStringLiteral("Light"))->isChecked());
        QVERIFY(!action(window, QStringLiteral("Dark"))->isChecked());
        for (const Theme theme : {Theme::dark, Theme::light, Theme::automatic}) {
            rememberTheme(theme);
            QCOMPARE(rememberedTheme(), theme);
        }
    }

    /// Every key that the menus show, and those of the pages.
    void shortcutsAreListed() {
        MainWindow window;
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_Question);
        auto* dialog = window.findChild<ShortcutDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        const QString listed = words(*dialog);
        for (const QAction* one : window.findChildren<QAction*>()) {
            if (!one->shortcut().isEmpty())
                QVERIFY2(listed.contains(one->shortcut().toString(QKeySequence::NativeText)), qPrintable(one->text()));
        }
        for (const char* what : {"Player: play or hold", "Filter the videos", "Queue: drop the job", "Captions",
                                 "Confusion: from cell to cell", "While rating", "Take the last answer back"})
            QVERIFY2(listed.contains(QLatin1String(what)), what);
        QCOMPARE(listed.count(QStringLiteral("Player: play or hold")), 2);  // on Captions and on Failures
    }

    /// Whatever the build looks for is named with its licence.
    void aboutNamesAllLibraries() {
        QStringList files = {QStringLiteral("CMakeLists.txt"), QStringLiteral("core/base/CMakeLists.txt"),
                             QStringLiteral("core/models/CMakeLists.txt"), QStringLiteral("ui/CMakeLists.txt"),
                             QStringLiteral("packaging/cmake/RestTorch.cmake")};
        static const QRegularExpression look(QStringLiteral("(?:find_package|pkg_check_modules)\\((\\S+) "));
        const QStringList not_shipped = {QStringLiteral("Threads"), QStringLiteral("PkgConfig"),
                                         QStringLiteral("CUDAToolkit")};
        QStringList known;
        for (const Library& one : libraries()) {
            known << QLatin1String(one.package);
            QVERIFY(QLatin1String(one.licence).size() > 2);
        }
        int found = 0;
        for (const QString& name : files) {
            QFile file(text((test::source_dir() / path(name)).string()));
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
            auto at = look.globalMatch(QString::fromUtf8(file.readAll()));
            while (at.hasNext()) {
                const QString package = at.next().captured(1);
                if (not_shipped.contains(package)) continue;
                ++found;
                QVERIFY2(known.contains(package), qPrintable(package));
            }
        }
        QVERIFY(found > 15);
        const AboutDialog about;
        const QString shown = words(about);
        for (const Library& one : libraries()) QVERIFY2(shown.contains(text(one.name)), one.name);
        QVERIFY(shown.contains(QStringLiteral("GNU General Public License")));
        QVERIFY(AboutDialog::versionLine().contains(QString::fromLatin1(qVersion())));
    }

    void pagesActionsSettingsAndVideosAreFound() {
        const MadeProject made(folder_.filePath(QStringLiteral("p.rest")));
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto ask = [&](const QString& words) {
            window.activateWindow();
            if (!QTest::qWaitForWindowActive(&window)) qWarning("the window does not come to the front");
            QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
            FindDialog* dialog = nullptr;
            for (auto* one : window.findChildren<FindDialog*>()) {
                if (one->isVisible()) dialog = one;
            }
            QTest::keyClicks(dialog->field(), words);
            return dialog;
        };
        QTest::keyClick(ask(QStringLiteral("rep"))->field(), Qt::Key_Return);
        QCOMPARE(window.page(), MainWindow::Page::reports);

        FindDialog* setting = ask(QStringLiteral("label smoothing"));
        QVERIFY(setting->list()->count() > 0);
        QTest::keyClick(setting->field(), Qt::Key_Return);
        QCOMPARE(window.page(), MainWindow::Page::train);
        QVERIFY(window.trainPage().form()->row("label_smoothing")->isVisible());
        QVERIFY(!window.trainPage().form()->row("beams")->isVisible());

        FindDialog* video = ask(QStringLiteral("val/c"));
        QCOMPARE(video->list()->count(), 1);
        QTest::keyClick(video->field(), Qt::Key_Return);
        QCOMPARE(window.page(), MainWindow::Page::captions);
        QCOMPARE(window.captionsPage().video(), made.clips[2]);

        FindDialog* queue = ask(QStringLiteral("queue show"));
        QTest::keyClick(queue->field(), Qt::Key_Return);
        QVERIFY(window.queue().isVisible());

        FindDialog* nothing = ask(QStringLiteral("no such thing at all"));
        QCOMPARE(nothing->list()->count(), 0);
        QTest::keyClick(nothing->field(), Qt::Key_Return);
        QVERIFY(nothing->isVisible());
        QTest::keyClick(nothing->field(), Qt::Key_Escape);
        FindDialog* several = ask(QStringLiteral("val/"));
        QCOMPARE(several->list()->count(), 4);
        QTest::keyClick(several->field(), Qt::Key_Down);
        QTest::keyClick(several->field(), Qt::Key_Return);
        QCOMPARE(window.captionsPage().video(), made.clips[1]);
    }
};

REST_TEST(TestUiMenus)
#include "test_ui_menus.moc"
