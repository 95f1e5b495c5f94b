// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <algorithm>
#include <thread>

#include "core/base/log.h"
#include "tests/support/test_program.h"
#include "tests/ui/thread_time.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/job_strip.h"
#include "ui/shell/main_window.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::ui;

namespace {

/// Reports as fast as it can until it is cancelled, like a runaway job.
class FloodJob final : public Job {
  public:
    std::string title() const override { return "Flood"; }
    std::string run(JobContext& context) override {
        context.begin("Epoch 1 of 1", "batches", 0);
        for (int64_t i = 0;; ++i) {
            context.check();
            context.advance(i);
            context.emit(MetricAdded{context.id(), {"/p.rest", 1}, {"loss", i, 1.0, 0}});
            context.emit(CaptionsChanged{context.id(), {"/p.rest", 1}, 0});
            if (i % 20 == 0) context.log(LogLevel::info, "a line");
            if (i % 200 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
};

class ShortJob final : public Job {
  public:
    explicit ShortJob(bool fails) : fails_(fails) {}
    std::string title() const override { return "Short"; }
    std::string run(JobContext& context) override {
        context.begin("Work", "clips", 3);
        for (int i = 0; i <= 3; ++i) context.advance(i);
        context.emit(RunChanged{context.id(), {"/p.rest", 7}});
        if (fails_) throw Error(ErrorCode::no_space, "The disk is full", "Make room.");
        return "3 clips";
    }

  private:
    bool fails_;
};

}  // namespace

class TestUiEngineClient : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    // Jobs are logged, and one here floods the log.
    void initTestCase() { start_logging({.to_stderr = false}); }

    void aJobIsToldFromQueuedToFinished() {
        EngineClient client;
        JobFinished last{};
        QList<qint64> runs;
        connect(&client, &EngineClient::jobFinished, this, [&](const JobFinished& result) { last = result; });
        connect(&client, &EngineClient::runChanged, this, [&](const store::RunRef& run) { runs << run.id; });
        const JobId id = client.submit(std::make_unique<ShortJob>(false));
        QVERIFY(client.busy());
        QCOMPARE(client.find(id)->title, QStringLiteral("Short"));
        QTRY_VERIFY(!client.busy());
        QCOMPARE(last.job, id);
        QCOMPARE(last.outcome, Outcome::succeeded);
        QCOMPARE(last.message, std::string("3 clips"));
        QCOMPARE(runs, QList<qint64>{7});
        QCOMPARE(client.jobOfRun({"/p.rest", 7}), JobId{0});
    }

    void aFailureBringsItsRemedy() {
        EngineClient client;
        JobFinished last{};
        connect(&client, &EngineClient::jobFinished, this, [&](const JobFinished& result) { last = result; });
        client.submit(std::make_unique<ShortJob>(true));
        QTRY_VERIFY(!client.busy());
        QCOMPARE(last.outcome, Outcome::failed);
        QCOMPARE(last.message, std::string("The disk is full"));
        QCOMPARE(last.remedy, std::string("Make room."));
    }

    void pauseResumeAndCancel() {
        EngineClient client;
        JobFinished last{};
        connect(&client, &EngineClient::jobFinished, this, [&](const JobFinished& result) { last = result; });
        const JobId id = client.submit(std::make_unique<FloodJob>());
        QTRY_VERIFY(client.current() && client.current()->state == JobState::running);
        client.pause(id);
        QTRY_COMPARE(client.find(id)->state, JobState::paused);
        client.resume(id);
        QTRY_COMPARE(client.find(id)->state, JobState::running);
        client.cancel(id);
        QTRY_VERIFY(!client.busy());
        QCOMPARE(last.outcome, Outcome::cancelled);
    }

    void floodsAreGathered() {
        EngineClient client;
        int changes = 0;
        qint64 points = 0;
        int captions = 0;
        connect(&client, &EngineClient::jobsChanged, this, [&] { ++changes; });
        connect(&client, &EngineClient::metricsAdded, this,
                [&](const store::RunRef&, const auto& added) { points += static_cast<qint64>(added.size()); });
        connect(&client, &EngineClient::captionsChanged, this, [&] { ++captions; });
        client.submit(std::make_unique<FloodJob>());
        QTest::qWait(1000);
        client.cancelAll();
        QTRY_VERIFY(!client.busy());
        QVERIFY2(points > 1000, qPrintable(QString::number(points)));
        QVERIFY2(changes <= 40, qPrintable(QString::number(changes)));
        QVERIFY2(captions <= 40, qPrintable(QString::number(captions)));
    }

    /// The window's promise: with a job running, a click is answered within 50 ms.
    void clicksAreAnsweredWhileAJobRuns() {
        QTemporaryDir folder;
        MainWindow window;
        window.session().create(folder.filePath(QStringLiteral("busy")));
        QTRY_VERIFY(window.session().isOpen());
        window.showPage(MainWindow::Page::train);
        window.showLog(true);
        window.show();
        QPushButton button;
        button.setParent(&window);
        button.show();
        int clicks = 0;
        connect(&button, &QPushButton::clicked, this, [&] { ++clicks; });
        QTest::qWait(300);
        window.engine().submit(std::make_unique<FloodJob>());
        QTRY_VERIFY(window.engine().current() && window.engine().current()->state == JobState::running);
        QTest::qWait(300);

        std::vector<double> waits;      // milliseconds of wall time
        std::vector<double> processor;  // processor time of the window's own thread
        QElapsedTimer clock;
        for (int i = 0; i < 60; ++i) {
            // The click queues behind whatever the window is doing at that moment, as a real one does.
            clock.start();
            const double computed = threadMilliseconds();
            QMetaObject::invokeMethod(&button, &QPushButton::click, Qt::QueuedConnection);
            const int before = clicks;
            while (clicks == before) QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
            waits.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
            processor.push_back(threadMilliseconds() - computed);
            QTest::qWait(23);
        }
        window.engine().cancelAll();
        QTRY_VERIFY(!window.engine().busy());
        std::ranges::sort(waits);
        std::ranges::sort(processor);
        qInfo("clicks answered after %.1f ms (median), %.1f ms (longest); the window computed %.1f ms at most",
              waits[waits.size() / 2], waits.back(), processor.back());
        // Other programs may delay a single click, but not one in ten.
        QVERIFY2(waits[waits.size() * 9 / 10] <= 50, qPrintable(QString::number(waits[waits.size() * 9 / 10])));
        QVERIFY2(processor.back() <= 50, qPrintable(QString::number(processor.back())));
    }
};

REST_TEST(TestUiEngineClient)
#include "test_ui_engine_client.moc"
