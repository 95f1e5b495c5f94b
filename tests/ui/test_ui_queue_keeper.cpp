// SPDX-License-Identifier: GPL-3.0-or-later
// The queue on a disk that cannot be written to, and orders that cannot be made any more.
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/log.h"
#include "core/engine/queue/queue_file.h"
#include "tests/support/test_program.h"
#include "tests/ui/buttons.h"
#include "tests/ui/made_project.h"
#include "tests/ui/waiting_job.h"
#include "ui/controls/notice_bar.h"
#include "ui/session/engine_client.h"
#include "ui/shell/queue_keeper.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::ui;
namespace fs = std::filesystem;

namespace {

/// A training as the queue sees it, of a name.
class OrderedJob : public WaitingJob {
  public:
    OrderedJob(const std::string& name, std::shared_ptr<Gate> gate) : WaitingJob(name, std::move(gate)), name_(name) {}
    std::optional<JobOrder> order() const override {
        return JobOrder{.kind = "train", .title = name_, .parameters = nlohmann::json{{"name", name_}}.dump()};
    }

  private:
    std::string name_;
};

/// Fails, and was ordered in a way that this version does not know.
class UnknownJob final : public Job {
  public:
    std::string title() const override { return "Dance"; }
    std::optional<JobOrder> order() const override { return JobOrder{.kind = "dance", .title = "Dance"}; }
    std::string run(JobContext&) override { throw Error(ErrorCode::no_space, "The disk is full", "Make room."); }
};

}  // namespace

class TestUiQueueKeeper : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    fs::path place(const char* name) const { return path(folder_.path()) / name; }

    /// A file stands where the folder should be: nothing can be written in it.
    static void block(const fs::path& folder) {
        QFile file(text(folder));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        start_logging({.to_stderr = false});
    }

    void aDiskThatRefusesIsNotAskedAtEveryChange() {
        const fs::path queue = place("queue");
        block(queue);
        MainWindow window;
        QueueKeeper keeper(window, queue);
        keeper.setRetry(3'600'000);
        QSignalSpy told(&window.session(), &ProjectSession::failed);
        const auto gate = std::make_shared<Gate>();
        window.engine().submit(std::make_unique<OrderedJob>("one", gate));
        const JobId two = window.engine().submit(std::make_unique<OrderedJob>("two", gate));
        QTRY_COMPARE(told.count(), 1);
        QTRY_VERIFY(window.engine().jobs().front().begun);
        fs::remove(queue);  // it could be written now, and nobody looks
        QSignalSpy changed(&window.engine(), &EngineClient::jobsChanged);
        window.engine().pause(two);
        QTRY_VERIFY(changed.count() > 0);
        QVERIFY(!fs::exists(queue));
        window.engine().submit(std::make_unique<OrderedJob>("three", gate));  // another queue is another matter
        QVERIFY(fs::exists(queue));
        QCOMPARE(told.count(), 1);
        window.engine().cancelAll();
        QTRY_VERIFY(!window.engine().busy());
    }

    void itIsTriedAgain() {
        const fs::path queue = place("queue 2");
        block(queue);
        MainWindow window;
        QueueKeeper keeper(window, queue);
        keeper.setRetry(10);
        QSignalSpy told(&window.session(), &ProjectSession::failed);
        const auto gate = std::make_shared<Gate>();
        window.engine().submit(std::make_unique<OrderedJob>("one", gate));
        QTRY_COMPARE(told.count(), 1);
        fs::remove(queue);
        QTRY_VERIFY(fs::exists(queue) && !fs::is_empty(queue));
        gate->open = true;
        QTRY_VERIFY(!window.engine().busy());
        QTRY_VERIFY(fs::is_empty(queue));
    }

    void tryingAgainTellsWhatCannotBeMade() {
        MainWindow window;
        window.show();
        auto* notice = window.findChild<NoticeBar*>(QStringLiteral("windowNotice"));
        window.engine().submit(std::make_unique<UnknownJob>());
        QTRY_VERIFY(notice->message().contains(QStringLiteral("The disk is full")));
        QPushButton* again = buttonOf(*notice, QStringLiteral("Try again"));
        QVERIFY(again);
        again->click();
        QTRY_VERIFY(notice->message().contains(QStringLiteral("dance")));
        QVERIFY(!window.engine().busy());
    }
};

REST_TEST(TestUiQueueKeeper)
#include "test_ui_queue_keeper.moc"
