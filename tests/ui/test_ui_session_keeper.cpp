// SPDX-License-Identifier: GPL-3.0-or-later
// A window that is killed, and the next start. REST_PICTURES=DIR writes screenshots of the notice and the dialog.
#include <signal.h>
#include <unistd.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/log.h"
#include "core/engine/imports/import_job.h"
#include "tests/support/test_program.h"
#include "ui/controls/notice_bar.h"
#include "ui/look/format.h"
#include "ui/look/theme.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/problem_report_dialog.h"
#include "ui/shell/session_keeper.h"

using namespace rest;
using namespace rest::ui;
namespace fs = std::filesystem;

namespace {

/// A window with a project open at the page Captions, waiting to be killed.
int hold(const QString& project, const fs::path& marks) {
    QStandardPaths::setTestModeEnabled(true);
    start_logging({.to_stderr = false});  // it would go to standard output
    MainWindow window;
    SessionKeeper keeper(window, marks);
    QObject::connect(&window, &MainWindow::pageChanged, &keeper, [] {
        if (::write(STDOUT_FILENO, "there\n", 6) != 6) ::_exit(5);
    });
    QObject::connect(&window.session(), &ProjectSession::opened, &keeper,
                     [&] { window.showPage(MainWindow::Page::captions); });
    window.show();
    window.openProject(project);
    return QApplication::exec();
}

class Lost {
  public:
    Lost(const QString& project, const fs::path& marks, int signal) {
        QProcess child;
        child.start(QApplication::applicationFilePath(), {QStringLiteral("--hold"), project, text(marks)});
        if (!child.waitForStarted(-1) || !child.waitForReadyRead(-1)) qFatal("the other window did not come up");
        ::kill(static_cast<pid_t>(child.processId()), signal);
        child.waitForFinished(-1);
        crashed = child.exitStatus() == QProcess::CrashExit;
    }
    bool crashed = false;
};

}  // namespace

class TestUiSessionKeeper : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QString project_;
    fs::path marks_;

    long marks() const { return fs::exists(marks_) ? std::distance(fs::directory_iterator(marks_), {}) : 0; }
    static QPushButton* action(const SessionKeeper& keeper, const QString& words) {
        for (QPushButton* one : keeper.bar().findChildren<QPushButton*>()) {
            if (one->text() == words && one->isVisibleTo(&keeper.bar())) return one;
        }
        return nullptr;
    }
    static QPushButton* find(QWidget* in, const QString& words) {
        for (QPushButton* one : in->findChildren<QPushButton*>()) {
            if (one->text() == words) return one;
        }
        return nullptr;
    }
    /// The text of a label that is cut: one that needs more height or width than it has.
    static QString cutText(const QWidget* in) {
        for (const QLabel* label : in->findChildren<QLabel*>()) {
            if (!label->isVisible() || label->text().isEmpty()) continue;
            const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            const bool narrow = !label->wordWrap() && label->width() < label->sizeHint().width();
            if (label->height() < needed || narrow) return label->text();
        }
        return {};
    }
    static void picture(QWidget* of, const char* name) {
        const QString folder = qEnvironmentVariable("REST_PICTURES");
        if (!folder.isEmpty()) QVERIFY(of->grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name))));
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        start_logging({.to_stderr = false});
        project_ = folder_.filePath(QStringLiteral("Pröbe eins.rest"));
        marks_ = path(folder_.filePath(QStringLiteral("state/sessions")));
        const store::Project project = store::Project::create(path(project_));
    }

    void cleanup() { fs::remove_all(marks_); }

    void aKilledWindowIsOfferedAndOpensWhereItWas_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("killed") << SIGKILL;
        QTest::newRow("crashed") << SIGSEGV;
    }

    void aKilledWindowIsOfferedAndOpensWhereItWas() {
        QFETCH(int, signal);
        QVERIFY(Lost(project_, marks_, signal).crashed);
        QCOMPARE(marks(), 1L);
        MainWindow window;
        SessionKeeper keeper(window, marks_);
        window.show();
        keeper.offerEarlier();
        QVERIFY(keeper.bar().message().contains(QStringLiteral("ended unexpectedly")));
        QVERIFY(keeper.bar().message().contains(QStringLiteral("“Pröbe eins”")));
        QVERIFY(keeper.bar().message().contains(QStringLiteral("Captions")));
        QVERIFY(!QApplication::activeModalWidget());  // not modal: it may be ignored
        QPushButton* open = action(keeper, QStringLiteral("Open"));
        QVERIFY(open);
        open->click();
        QVERIFY(keeper.bar().message().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(window.session().folder(), project_, 60000);
        QCOMPARE(static_cast<int>(window.page()), static_cast<int>(MainWindow::Page::captions));
        QCOMPARE(marks(), 1L);  // this window's own
        QVERIFY(bundle::unexpected_ends("rest-studio", marks_).empty());
    }

    void dismissedIsForgotten() {
        Lost(project_, marks_, SIGKILL);
        Lost(project_, marks_, SIGKILL);
        MainWindow window;
        SessionKeeper keeper(window, marks_);
        window.show();
        keeper.offerEarlier();
        QCOMPARE(marks(), 2L);
        for (const long left : {1L, 0L}) {
            QPushButton* dismiss = action(keeper, QStringLiteral("Dismiss"));
            QVERIFY(dismiss);
            dismiss->click();
            QCOMPARE(marks(), left);
        }
        QVERIFY(keeper.bar().message().isEmpty());
        QVERIFY(!window.session().isOpen());
    }

    void openedByHandItIsAnswered() {
        Lost(project_, marks_, SIGKILL);
        MainWindow window;
        SessionKeeper keeper(window, marks_);
        window.show();
        keeper.offerEarlier();
        QVERIFY(!keeper.bar().message().isEmpty());
        window.openProject(project_);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isOpen(), 60000);
        QVERIFY(keeper.bar().message().isEmpty());
        QVERIFY(bundle::unexpected_ends("rest-studio", marks_).empty());
    }

    void aWindowClosedInPeaceLeavesNothing() {
        Lost(project_, marks_, SIGKILL);
        {
            MainWindow window;
            SessionKeeper keeper(window, marks_);
            keeper.offerEarlier();
            window.openProject(project_);
            QTRY_VERIFY_WITH_TIMEOUT(window.session().isOpen(), 60000);
            QCOMPARE(marks(), 1L);
            window.session().close();
            QCOMPARE(marks(), 0L);  // nothing is open
            window.openProject(project_);
            QTRY_VERIFY_WITH_TIMEOUT(window.session().isOpen(), 60000);
        }
        QCOMPARE(marks(), 0L);
        MainWindow window;
        SessionKeeper keeper(window, marks_);
        keeper.offerEarlier();
        QVERIFY(keeper.bar().message().isEmpty());
    }

    void withoutAMarkWorkGoesOn() {
        fs::create_directories(marks_.parent_path());
        write_file_atomically(marks_, "a file where the folder should be");
        MainWindow window;
        SessionKeeper keeper(window, marks_);
        keeper.offerEarlier();
        window.openProject(project_);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isOpen(), 60000);
        window.showPage(MainWindow::Page::train);
        QCOMPARE(static_cast<int>(window.page()), static_cast<int>(MainWindow::Page::train));
    }

    void aReportIsSavedAndTheSessionOfferedAgain() {
        Lost(project_, marks_, SIGKILL);
        MainWindow window;
        SessionKeeper keeper(window, marks_);
        window.show();
        keeper.offerEarlier();
        QPushButton* report = action(keeper, QStringLiteral("Save a report…"));
        QVERIFY(report);
        report->click();
        auto* dialog = window.findChild<ProblemReportDialog*>();
        QVERIFY(dialog);
        QVERIFY(keeper.bar().message().isEmpty());
        auto* line = dialog->findChild<QLineEdit*>();
        QVERIFY(line->text().endsWith(QStringLiteral(".zip")));

        line->setText(folder_.filePath(QStringLiteral("no such folder/report.zip")));
        QPushButton* save = find(dialog, QStringLiteral("Save"));
        QVERIFY(save && save->isEnabled());
        save->click();
        QVERIFY(dialog->saving());
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->saving(), 60000);
        const auto told = [dialog](const QString& words) {
            return std::ranges::any_of(dialog->findChildren<QLabel*>(), [&](const QLabel* label) {
                return label->isVisible() && label->text().contains(words);
            });
        };
        QTRY_VERIFY(told(QStringLiteral("no such folder")));
        QVERIFY(!find(dialog, QStringLiteral("Open the folder"))->isVisible());

        const QString file = folder_.filePath(QStringLiteral("report.zip"));
        line->setText(file);
        save->click();
        QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("Saved report.zip")), 60000);
        QVERIFY(find(dialog, QStringLiteral("Open the folder"))->isVisible());
        QCOMPARE(read_file(path(file)).substr(0, 2), std::string("PK"));
        line->clear();
        QVERIFY(!save->isEnabled());

        find(dialog, QStringLiteral("Close"))->click();
        QTRY_VERIFY(!keeper.bar().message().isEmpty());
        QCOMPARE(marks(), 1L);
        QVERIFY(action(keeper, QStringLiteral("Open")));
    }

    void allTextIsShown() {
        Lost(project_, marks_, SIGKILL);
        ThemeManager themes(Theme::light);
        MainWindow window;
        SessionKeeper keeper(window, marks_);
        window.resize(window.minimumSize());
        window.show();
        keeper.offerEarlier();
        for (const auto& [theme, word] : {std::pair{Theme::light, "light"}, std::pair{Theme::dark, "dark"}}) {
            themes.setTheme(theme);
            QApplication::processEvents();
            QCOMPARE(cutText(&keeper.bar()), QString());
            picture(&window, qPrintable(QStringLiteral("notice-%1").arg(QLatin1String(word))));
            ProblemReportDialog dialog(project_, {}, &window);
            dialog.show();
            QVERIFY(QTest::qWaitForWindowExposed(&dialog));
            QCOMPARE(cutText(&dialog), QString());
            picture(&dialog, qPrintable(QStringLiteral("dialog-%1").arg(QLatin1String(word))));
            auto* line = dialog.findChild<QLineEdit*>();
            line->setText(folder_.filePath(QStringLiteral("report.zip")));
            find(&dialog, QStringLiteral("Save"))->click();
            QTRY_VERIFY_WITH_TIMEOUT(find(&dialog, QStringLiteral("Open the folder"))->isVisible(), 60000);
            QTest::qWait(50);
            QCOMPARE(cutText(&dialog), QString());
            picture(&dialog, qPrintable(QStringLiteral("dialog-saved-%1").arg(QLatin1String(word))));
        }
    }

    void theLogTellsWhatHappenedAtOnce() {
        const fs::path file = path(folder_.filePath(QStringLiteral("logs/rest-studio.log")));
        start_logging({.file = file, .to_stderr = false});
        MainWindow window;
        SessionKeeper keeper(window, marks_);
        window.openProject(project_);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isOpen(), 60000);
        window.engine().submit(engine::make_import_job({path(project_), "/nowhere/at all"}));
        QTRY_VERIFY_WITH_TIMEOUT(!window.engine().busy(), 60000);
        window.session().open(QStringLiteral("/nowhere/gone.rest"));
        const auto log = [&] { return text(read_file(file)); };
        QTRY_VERIFY_WITH_TIMEOUT(log().contains(QStringLiteral("/nowhere/gone.rest")), 60000);
        QVERIFY(log().contains(QStringLiteral("Opened ") + project_));
        QVERIFY(log().contains(QStringLiteral("starts: ")));
        QVERIFY(log().contains(QRegularExpression(QStringLiteral("\\[error\\] Job \\d+ failed: .*/nowhere/at all"))));
        QVERIFY(!log().contains(QStringLiteral("Closed the project")));  // an opening that fails closes nothing
        window.session().close();
        QVERIFY(log().contains(QStringLiteral("Closed the project")));
        start_logging({.to_stderr = false});
    }
};

static const rest::test::ChildEntry holding_window("--hold", [](int argc, char** argv) {
    if (argc != 2) return 2;
    QApplication app(argc, argv);
    return hold(QString::fromLocal8Bit(argv[0]), argv[1]);
});
REST_TEST(TestUiSessionKeeper)
#include "test_ui_session_keeper.moc"
