// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/background.h"

#include <QtTest/QtTest>
#include <stdexcept>
#include <thread>

#include "core/base/error.h"
#include "tests/support/test_program.h"
#include "ui/session/project_session.h"

using namespace rest;
using namespace rest::ui;

class TestBackground : public QObject {
    Q_OBJECT

    /// The answer to `work`, "" if none arrives.
    template <class Work>
    static QString answerTo(Work work) {
        Background background;
        QObject context;
        QString answer;
        background.start(
            &context, work, [&](int value) { answer = QStringLiteral("done %1").arg(value); },
            [&](const Failure& failure) {
                answer = QStringLiteral("failed: %1 | %2%3")
                             .arg(failure.message, failure.remedy,
                                  failure.cancelled ? QStringLiteral("cancelled") : QString());
            });
        if (!QTest::qWaitFor([&] { return background.idle(); })) return QStringLiteral("never idle");
        return answer;
    }

  private Q_SLOTS:
    void everyStartIsAnswered() {
        QCOMPARE(answerTo([] { return 7; }), QStringLiteral("done 7"));
        QCOMPARE(answerTo([]() -> int { throw Error(ErrorCode::damaged, "a.mp4 is damaged", "Copy it again."); }),
                 QStringLiteral("failed: a.mp4 is damaged | Copy it again."));
        QCOMPARE(answerTo([]() -> int { throw std::runtime_error("out of luck"); }),
                 QStringLiteral("failed: out of luck | "));
        QCOMPARE(answerTo([]() -> int { throw Cancelled(); }), QStringLiteral("failed:  | cancelled"));
        QVERIFY(answerTo([]() -> int { throw 3; }).startsWith(QStringLiteral("failed: The work ended")));
    }

    void workRunsInOrderAndBesideTheWindow() {
        Background background;
        QList<int> order;
        const auto window = std::this_thread::get_id();
        for (int i = 0; i < 50; ++i) {
            background.start(
                this, [window, i] { return std::this_thread::get_id() == window ? -1 : i; },
                [&](int value) { order << value; }, [](const Failure&) {});
        }
        QTRY_VERIFY(background.idle());
        QCOMPARE(order.size(), 50);
        for (int i = 0; i < 50; ++i) QCOMPARE(order[i], i);
    }

    void noAnswerComesBeforeTheStartHasReturned() {
        Background background;
        for (int i = 0; i < 200; ++i) {
            bool answered = false;
            background.start(
                this, [] { return 1; }, [&](int) { answered = true; }, [](const Failure&) {});
            std::this_thread::yield();
            QVERIFY(!answered);
            QTRY_VERIFY(answered);
        }
    }

    void staleAnswersAreDropped() {
        Background background;
        auto gone = std::make_unique<QObject>();
        int answers = 0;
        const auto count = [&](int) { ++answers; };
        const auto count_failure = [&](const Failure&) { ++answers; };
        background.start(
            this, [] { return 1; }, count, count_failure);
        background.start(
            this, []() -> int { throw std::runtime_error("late"); }, count, count_failure);
        background.forget();
        background.start(
            gone.get(), [] { return 1; }, count, count_failure);
        gone.reset();
        background.start(
            this, [] { return 1; }, count, count_failure);
        QTRY_VERIFY(background.idle());
        QCOMPARE(answers, 1);
    }

    void whoeverReadsAProjectIsAnsweredWhenTheReadFails() {
        QTemporaryDir dir;
        ProjectSession session;
        session.create(dir.filePath(QStringLiteral("p")));
        QTRY_VERIFY(session.isOpen());
        QSignalSpy told(&session, &ProjectSession::failed);
        int done = 0, otherwise = 0;
        const auto fails = [](const store::Project&) -> int {
            throw Error(ErrorCode::io, "The disk is gone", "Wait.");
        };
        session.read(
            this, fails, [&](int) { ++done; }, [&] { ++otherwise; });
        QTRY_VERIFY(session.idle());
        QCOMPARE(done, 0);
        QCOMPARE(otherwise, 1);
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][0].toString(), QStringLiteral("The disk is gone"));
        session.read(
            this, [](const store::Project& project) { return project.video_count(); },
            [&](int64_t) { ++done; });  // and the session still works
        QTRY_COMPARE(done, 1);
        // For a project closed in the meantime, neither callback runs.
        session.read(
            this, fails, [&](int) { ++done; }, [&] { ++otherwise; });
        session.close();
        QTRY_VERIFY(session.idle());
        QCOMPARE(done, 1);
        QCOMPARE(otherwise, 1);
    }
};

REST_TEST(TestBackground)
#include "test_background.moc"
