// SPDX-License-Identifier: GPL-3.0-or-later
// A run's number is unique within its project only: events of run 1 of one project must not show in run 1 of
// another.
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <thread>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "ui/controls/curve_chart.h"
#include "ui/session/engine_client.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

namespace {

/// Works on a run until it is cancelled, like a training.
class LongJob final : public engine::Job {
  public:
    LongJob(QString project, RunId run) : project_(std::move(project)), run_(run) {}
    std::string title() const override { return "Long"; }
    std::string run(engine::JobContext& context) override {
        const Project project = Project::open(path(project_), OpenMode::read_only);
        context.emit(engine::RunChanged{context.id(), project.ref(run_)});
        for (int i = 0; i < 5; ++i)
            context.emit(engine::MetricAdded{context.id(), project.ref(run_), {"loss", i, 77.0, 0}});
        for (;;) {
            context.check();
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }

  private:
    QString project_;
    RunId run_;
};

}  // namespace

class TestUiTwoProjects : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;

    static QStringList curveTexts(MainWindow& window) {
        QStringList texts;
        for (const auto* chart : window.trainPage().findChildren<CurveChart*>()) {
            for (const auto* label : chart->findChildren<QLabel*>()) texts << label->text();
        }
        return texts;
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aRunOfAnotherProjectIsNotShownHere() {
        const MadeProject a(folder_.filePath(QStringLiteral("a.rest")));
        const MadeProject b(folder_.filePath(QStringLiteral("b.rest")));
        const RunId run = a.addRun("of a");
        QCOMPARE(b.addRun("of b"), run);
        b.addCurve(run, "loss", {4, 3});
        MainWindow window;
        QVERIFY(openIn(window, a));
        window.showPage(MainWindow::Page::train);
        window.engine().submit(std::make_unique<LongJob>(a.folder, run));
        QTRY_VERIFY(pressable<QPushButton>(window.trainPage()).contains(QStringLiteral("Cancel")));
        QTRY_VERIFY(curveTexts(window).join(QChar(' ')).contains(QStringLiteral("77")));

        QVERIFY(openIn(window, b));
        window.showPage(MainWindow::Page::train);
        QTRY_VERIFY(curveTexts(window).join(QChar(' ')).contains(QStringLiteral("3")));
        QVERIFY(window.engine().busy());
        const QStringList buttons = pressable<QPushButton>(window.trainPage());
        QVERIFY2(!buttons.contains(QStringLiteral("Cancel")), qPrintable(buttons.join(QChar(','))));
        QVERIFY2(!buttons.contains(QStringLiteral("Pause")), qPrintable(buttons.join(QChar(','))));
        QVERIFY(!curveTexts(window).join(QChar(' ')).contains(QStringLiteral("77")));

        QVERIFY(openIn(window, a));  // and back: its live values are still there
        window.showPage(MainWindow::Page::train);
        QTRY_VERIFY(curveTexts(window).join(QChar(' ')).contains(QStringLiteral("77")));
        QVERIFY(pressable<QPushButton>(window.trainPage()).contains(QStringLiteral("Cancel")));
        window.engine().cancelAll();
        QTRY_VERIFY(!window.engine().busy());
    }
};

REST_TEST(TestUiTwoProjects)
#include "test_ui_two_projects.moc"
