// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting jobs can be seen, reordered, dropped and taken back, and outlive the window. REST_PICTURES=DIR writes
// screenshots.
#include <sys/resource.h>

#include <QAbstractButton>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <csignal>

#include "core/base/atomic_file.h"
#include "core/engine/queue/queue_file.h"
#include "core/engine/run/train_order.h"
#include "tests/support/other_settings.h"
#include "tests/support/test_program.h"
#include "tests/ui/buttons.h"
#include "tests/ui/made_project.h"
#include "tests/ui/waiting_job.h"
#include "ui/controls/undo_bar.h"
#include "ui/session/engine_client.h"
#include "ui/shell/closing_words.h"
#include "ui/shell/queue_keeper.h"
#include "ui/shell/queue_model.h"
#include "ui/shell/queue_panel.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::ui;

namespace fs = std::filesystem;

namespace {

/// No file can be written while it lives, as on a full disk.
class NoRoom {
  public:
    NoRoom() {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        rlimit none = before_;
        none.rlim_cur = 0;
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~NoRoom() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int) = SIG_DFL;
};

/// What the queues in a folder hold, as they are on disk.
std::vector<std::string> files_in(const fs::path& folder) {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") out.push_back(read_file(entry.path()));
    }
    return out;
}

}  // namespace

class TestUiQueue : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    fs::path place(const char* name) const { return path(folder_.filePath(QString::fromLatin1(name))); }

    std::unique_ptr<Job> training(const char* project, const char* name) const {
        TrainParams params{.project = place(project), .settings = test::other_settings(), .name = name};
        return make_train_job(params);
    }

    static QStringList titles(const QueueModel& model) {
        QStringList out;
        for (int row = 0; row < model.rowCount(); ++row) out << model.index(row, 0).data().toString();
        return out;
    }

    static void press(MainWindow& window, const QString& words) {
        auto* box = window.findChild<QMessageBox*>();
        QVERIFY(box);
        for (QAbstractButton* made : box->buttons()) {
            if (made->text() == words) return made->click();
        }
        QFAIL("no such button");
    }

    static void picture(QWidget& of, const char* name) {
        const QString folder = qEnvironmentVariable("REST_PICTURES");
        if (!folder.isEmpty()) QVERIFY(of.grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name))));
    }

    /// Four jobs; the first runs.
    struct Four {
        std::shared_ptr<Gate> gate = std::make_shared<Gate>();
        std::vector<JobId> ids;
        explicit Four(EngineClient& engine) {
            for (const char* title : {"runs", "a", "b", "c"})
                ids.push_back(engine.submit(std::make_unique<WaitingJob>(title, gate)));
        }
    };

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void theOrderIsChangedByKeysAndByDragging() {
        MainWindow window;
        window.show();
        window.showQueue(true);
        QStringList ran;
        connect(&window.engine(), &EngineClient::jobEnded, this,
                [&](const JobInfo& job, const JobFinished&) { ran << job.title; });
        Four jobs(window.engine());
        QTRY_VERIFY(window.engine().jobs().front().begun);
        QueueModel& model = window.queue().model();
        QTRY_COMPARE(titles(model), (QStringList{"runs", "a", "b", "c"}));
        QTableView* list = window.queue().list();
        QVERIFY(list->isVisible());
        window.activateWindow();
        list->setFocus();
        QTRY_VERIFY(list->hasFocus());
        list->setCurrentIndex(model.index(3, 0));
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(titles(model), (QStringList{"runs", "a", "c", "b"}));
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(titles(model), (QStringList{"runs", "c", "a", "b"}));
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);  // nothing can be moved before the running job
        QCOMPARE(titles(model), (QStringList{"runs", "c", "a", "b"}));
        QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(titles(model), (QStringList{"runs", "a", "c", "b"}));
        QCOMPARE(list->currentIndex().row(), 2);  // the selection follows the job

        QVERIFY(!(model.flags(model.index(0, 0)) & Qt::ItemIsDragEnabled));
        const auto drag = [&](int from, int to) {
            const std::unique_ptr<QMimeData> data(model.mimeData({model.index(from, 0)}));
            model.dropMimeData(data.get(), Qt::MoveAction, to, 0, {});
            QCoreApplication::processEvents();
        };
        drag(3, 1);
        QCOMPARE(titles(model), (QStringList{"runs", "b", "a", "c"}));
        drag(1, 4);  // behind the last
        QCOMPARE(titles(model), (QStringList{"runs", "a", "c", "b"}));
        drag(2, 0);  // before the running job: first of the waiting ones
        QCOMPARE(titles(model), (QStringList{"runs", "c", "a", "b"}));
        jobs.gate->open = true;
        QTRY_VERIFY(!window.engine().busy());
        QCOMPARE(ran, (QStringList{"runs", "c", "a", "b"}));
    }

    void whatIsDroppedCanBeTakenBack() {
        const MadeProject made(folder_.filePath(QStringLiteral("kitchen.rest")));
        made.addRun("REST");
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::train);
        window.show();
        window.showQueue(true);
        QStringList ran;
        connect(&window.engine(), &EngineClient::jobEnded, this, [&](const JobInfo& job, const JobFinished& result) {
            if (result.outcome == Outcome::succeeded) ran << job.title;
        });
        Four jobs(window.engine());
        QTRY_VERIFY(window.engine().jobs().front().begun);
        QueueModel& model = window.queue().model();
        QTableView* list = window.queue().list();
        window.activateWindow();
        list->setFocus();
        QTRY_VERIFY(list->hasFocus());
        QTRY_COMPARE(model.rowCount(), 4);
        list->setCurrentIndex(model.index(1, 0));
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(titles(model), (QStringList{"runs", "b", "c"}));
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(titles(model), (QStringList{"runs", "c"}));
        QCOMPARE(window.undo().offers(), 2);
        QVERIFY(window.undo().message().contains(QStringLiteral("“b”")));
        window.undo().undo();
        QCOMPARE(titles(model), (QStringList{"runs", "b", "c"}));
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(titles(model), (QStringList{"runs", "a", "b", "c"}));
        window.engine().setGrace(1);
        list->setCurrentIndex(model.index(2, 0));
        QTest::keyClick(list, Qt::Key_Delete);
        QTRY_COMPARE(window.engine().jobs().size(), size_t{3});  // its grace period is over
        QTRY_COMPARE(window.undo().offers(), 0);
        list->setCurrentIndex(model.index(1, 0));
        QTest::keyClick(list, Qt::Key_Delete);
        picture(window, "queue-undo");
        window.undo().undo();
        jobs.gate->open = true;
        QTRY_VERIFY(!window.engine().busy());
        QCOMPARE(ran, (QStringList{"runs", "a", "c"}));
    }

    void aCancelledJobStandsStillAndLosesNothing() {
        MainWindow window;
        window.show();
        const auto gate = std::make_shared<Gate>();
        const JobId id = window.engine().submit(std::make_unique<WaitingJob>("work", gate));
        QTRY_VERIFY(window.engine().find(id)->begun && gate->steps > 0);
        Outcome outcome{};
        connect(&window.engine(), &EngineClient::jobFinished, this,
                [&](const JobFinished& result) { outcome = result.outcome; });
        window.engine().withdraw(id);
        QCOMPARE(window.engine().find(id)->state, JobState::stopping);
        int seen = -1;
        QTRY_VERIFY(std::exchange(seen, gate->steps.load()) == gate->steps);  // it is held
        QTest::qWait(60);                                                     // and its events change nothing
        QCOMPARE(window.engine().find(id)->state, JobState::stopping);
        window.undo().undo();
        QTRY_VERIFY(gate->steps > seen);
        QTRY_COMPARE(window.engine().find(id)->state, JobState::running);
        gate->open = true;
        QTRY_VERIFY(!window.engine().busy());
        QCOMPARE(outcome, Outcome::succeeded);
    }

    void aPausedJobIsStillPausedWhenItIsTakenBack() {
        EngineClient engine;
        const auto gate = std::make_shared<Gate>();
        const JobId runs = engine.submit(std::make_unique<WaitingJob>("runs", gate));
        const JobId waits = engine.submit(std::make_unique<WaitingJob>("waits", gate));
        QTRY_VERIFY(engine.find(runs)->begun);
        engine.withdraw(waits);
        QCOMPARE(engine.waitingCount(), 0);
        QCOMPARE(engine.wanted().size(), size_t{1});
        QVERIFY(engine.takeBack(waits));
        QCOMPARE(engine.waitingCount(), 1);
        QCOMPARE(engine.wanted().size(), size_t{2});
        for (const JobId id : {runs, waits}) {
            engine.pause(id);
            QTRY_COMPARE(engine.find(id)->state, JobState::paused);
            engine.withdraw(id);
            QVERIFY(engine.takeBack(id));
            QCOMPARE(engine.find(id)->state, JobState::paused);
            QVERIFY(!engine.takeBack(id));
        }
        engine.resume(waits);
        QTRY_COMPARE(engine.find(waits)->state, JobState::queued);
        engine.cancelAll();
        QTRY_VERIFY(!engine.busy());
    }

    void closingNamesAllThatWaits() {
        std::vector<JobInfo> jobs(3);
        const char* titles[] = {"Train: first", "Train: second", "Import of videos"};
        for (size_t i = 0; i < jobs.size(); ++i) jobs[i].title = QString::fromLatin1(titles[i]);
        jobs[0].begun = true;
        jobs[0].project = jobs[1].project = QStringLiteral("/data/kitchen.rest");
        jobs[0].order = jobs[1].order = JobOrder{};
        const ClosingWords words = closingWords(jobs);
        QVERIFY(words.question.contains(QStringLiteral("Train: first (kitchen)")));
        QVERIFY(words.question.contains(QStringLiteral("2 more")));
        const qsizetype ended = words.detail.indexOf(QStringLiteral("Stopped"));
        QVERIFY(words.detail.indexOf(QStringLiteral("Train: second (kitchen)")) < ended);
        QVERIFY(words.detail.indexOf(QStringLiteral("Train: first (kitchen)")) < ended);
        QVERIFY(words.detail.indexOf(QStringLiteral("Import of videos")) > ended);
        jobs[0].order.reset();  // an import has no checkpoint to go on from
        QVERIFY(!closingWords(jobs).detail.contains(QStringLiteral("checkpoint")));
    }

    void stopAndCloseKeepsTheQueueAndTheNextStartOffersIt() {
        const fs::path queue = place("queue");
        const QStringList names = {QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")};
        {
            MainWindow window;
            QueueKeeper keeper(window, queue);
            window.show();
            const auto gate = std::make_shared<Gate>();
            window.engine().submit(std::make_unique<WaitingJob>("import", gate));
            QTRY_VERIFY(window.engine().jobs().front().begun);
            for (const QString& name : names) window.engine().submit(training("gone.rest", name.toUtf8().constData()));
            const JobId dropped = window.engine().submit(training("gone.rest", "dropped"));
            window.engine().move(window.engine().jobs()[3].id, window.engine().jobs()[1].id);  // three, one, two
            window.engine().withdraw(dropped);
            window.close();
            QVERIFY(window.isVisible());
            auto* box = window.findChild<QMessageBox*>();
            QVERIFY(box);
            picture(*box, "closing");
            for (const QString& name : names) QVERIFY(box->informativeText().contains(name));
            QVERIFY(!box->informativeText().contains(QStringLiteral("dropped")));
            press(window, QStringLiteral("Stop and close"));
            QTRY_VERIFY(!window.isVisible());
        }
        MainWindow window;
        QueueKeeper keeper(window, queue);
        window.show();
        keeper.offerEarlier();
        for (const QString& name : names) QVERIFY(keeper.bar().message().contains(name));
        picture(window, "queue-offered");
        const auto gate = std::make_shared<Gate>();
        window.engine().submit(std::make_unique<WaitingJob>("holds the engine", gate));
        QTRY_VERIFY(gate->steps > 0);
        buttonOf(keeper.bar(), QStringLiteral("Queue again"))->click();
        QStringList queued;
        for (const JobInfo& job : window.engine().jobs()) {
            if (!job.order) continue;
            const auto params = params_of(*job.order);
            queued << text(params.name);
            QCOMPARE(to_json(params.settings), to_json(test::other_settings()));
        }
        QCOMPARE(queued, (QStringList{"three", "one", "two"}));
        QVERIFY(left_queues(queue).empty());  // in this window's file now
        window.engine().cancelAll();
        QTRY_VERIFY(!window.engine().busy());
        QVERIFY(fs::is_empty(queue));
    }

    void unansweredTheyAreOfferedAgainAndDroppedTheyAreGone() {
        const fs::path queue = place("queue 2");
        {
            QueueFile file(queue);
            file.put(std::vector{*training("gone.rest", "waits")->order()});
        }
        for (int start = 0; start < 2; ++start) {
            MainWindow window;
            QueueKeeper keeper(window, queue);
            keeper.offerEarlier();
            QVERIFY(keeper.bar().message().contains(QStringLiteral("waits")));
        }
        MainWindow window;
        QueueKeeper keeper(window, queue);
        keeper.offerEarlier();
        buttonOf(keeper.bar(), QStringLiteral("Discard"))->click();
        QVERIFY(keeper.bar().message().isEmpty());
        keeper.offerEarlier();
        QVERIFY(keeper.bar().message().isEmpty());
        QVERIFY(!window.engine().busy());
    }

    void whatIsRefusedStaysAndNoOtherWindowOffersIt() {
        const fs::path queue = place("queue 4");
        auto strange = *training("gone.rest", "dances")->order();
        strange.kind = "dance";
        QueueFile(queue).put(std::vector{*training("gone.rest", "waits")->order(), strange});
        {
            MainWindow window;
            QueueKeeper keeper(window, queue);
            const auto gate = std::make_shared<Gate>();
            window.engine().submit(std::make_unique<WaitingJob>("holds the engine", gate));
            QTRY_VERIFY(gate->steps > 0);
            keeper.offerEarlier();
            MainWindow other;
            QueueKeeper second(other, queue);
            second.offerEarlier();
            QVERIFY(second.bar().message().isEmpty());
            buttonOf(keeper.bar(), QStringLiteral("Queue again"))->click();
            QCOMPARE(window.engine().jobs().size(), size_t{2});
            QVERIFY(keeper.bar().message().contains(QStringLiteral("dances")));
            QVERIFY(!keeper.bar().message().contains(QStringLiteral("waits")));
            QCOMPARE(files_in(queue).size(), size_t{2});
            window.engine().cancelAll();
            QTRY_VERIFY(!window.engine().busy());
        }
        const auto left = left_queues(queue);
        QCOMPARE(left.size(), size_t{1});
        QVERIFY(left[0].orders == std::vector{strange});
    }

    void whatCannotBeKeptHereStaysWhereItWas() {
        const fs::path queue = place("queue 5");
        QueueFile(queue).put(std::vector{*training("gone.rest", "waits")->order()});
        MainWindow window;
        QueueKeeper keeper(window, queue);
        const auto gate = std::make_shared<Gate>();
        window.engine().submit(std::make_unique<WaitingJob>("holds the engine", gate));
        QTRY_VERIFY(gate->steps > 0);
        keeper.offerEarlier();
        {
            const NoRoom none;
            buttonOf(keeper.bar(), QStringLiteral("Queue again"))->click();
            QCOMPARE(window.engine().jobs().size(), size_t{2});
        }
        QCOMPARE(files_in(queue).size(), size_t{1});
        QVERIFY(files_in(queue)[0].find("waits") != std::string::npos);
        window.engine().submit(training("gone.rest", "comes later"));  // there is room again
        QCOMPARE(files_in(queue).size(), size_t{1});
        QVERIFY(files_in(queue)[0].find("comes later") != std::string::npos);
        QVERIFY(files_in(queue)[0].find("waits") != std::string::npos);
        window.engine().cancelAll();
        QTRY_VERIFY(!window.engine().busy());
    }

    void whatEndsLeavesTheFile() {
        const fs::path queue = place("queue 3");
        MainWindow window;
        QueueKeeper keeper(window, queue);
        window.engine().submit(training("gone.rest", "fails at once"));
        QTRY_VERIFY(!window.engine().busy());
        QVERIFY(!fs::exists(queue) || fs::is_empty(queue));
    }
};

REST_TEST(TestUiQueue)
#include "test_ui_queue.moc"
