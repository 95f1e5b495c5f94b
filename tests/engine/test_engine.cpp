// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <atomic>
#include <set>
#include <thread>

#include "core/base/error.h"
#include "core/engine/queue/engine.h"
#include "tests/engine/recorder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

class TestEngine : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void jobsRunInOrderOnOneThreadOfTheirOwn() {
        Recorder recorder;
        std::vector<int> order;
        std::set<std::thread::id> threads;
        {
            Engine engine(recorder.listener());
            for (int i = 0; i < 5; ++i) {
                engine.submit(make_job("job", [&, i](JobContext&) {
                    order.push_back(i);
                    threads.insert(std::this_thread::get_id());
                    return std::string("done ") + std::to_string(i);
                }));
            }
            engine.wait_idle();
            QVERIFY(engine.idle());
        }
        QCOMPARE(order, (std::vector<int>{0, 1, 2, 3, 4}));
        QCOMPARE(threads.size(), size_t{1});
        QVERIFY(!threads.contains(std::this_thread::get_id()));
        for (JobId id = 1; id <= 5; ++id) {
            QCOMPARE(recorder.kinds(id), (std::vector<std::string>{"queued", "started", "finished"}));
            QCOMPARE(recorder.finished(id)->message, "done " + std::to_string(id - 1));
        }
    }

    void everyFailureEndsAsFailedAndTheNextJobRuns() {
        Recorder recorder;
        Engine engine(recorder.listener());
        const JobId error = engine.submit(make_job("a", [](JobContext&) -> std::string {
            throw Error(ErrorCode::no_space, "The disk is full", "Make room.");
        }));
        const JobId other = engine.submit(make_job("b", [](JobContext&) -> std::string {
            throw std::runtime_error("mat1 and mat2 do not fit\nException raised from mm at Blas.cpp:1\nframe #0");
        }));
        const JobId unknown = engine.submit(make_job("c", [](JobContext&) -> std::string { throw 5; }));
        const JobId memory = engine.submit(make_job("d", [](JobContext&) -> std::string { throw std::bad_alloc(); }));
        const JobId good = engine.submit(make_job("e", [](JobContext&) { return std::string("fine"); }));
        engine.wait_idle();
        QCOMPARE(recorder.finished(error)->outcome, Outcome::failed);
        QCOMPARE(recorder.finished(error)->message, std::string("The disk is full"));
        QCOMPARE(recorder.finished(error)->remedy, std::string("Make room."));
        QCOMPARE(recorder.finished(other)->outcome, Outcome::failed);
        QCOMPARE(recorder.finished(other)->message, std::string("mat1 and mat2 do not fit"));
        QCOMPARE(recorder.finished(unknown)->outcome, Outcome::failed);
        QVERIFY(!recorder.finished(unknown)->message.empty());
        QCOMPARE(recorder.finished(memory)->message, std::string("Out of memory"));
        QCOMPARE(recorder.finished(good)->outcome, Outcome::succeeded);
    }

    void queuedJobsAreMoved() {
        Engine engine({});
        std::atomic<bool> go{false}, begun{false};
        std::vector<int> order;
        const JobId first = engine.submit(make_job("first", [&](JobContext& context) {
            begun = true;
            while (!go) context.check();
            return std::string();
        }));
        while (!begun) std::this_thread::yield();
        std::vector<JobId> ids;
        for (int i = 0; i < 4; ++i) {
            ids.push_back(engine.submit(make_job("job", [&order, i](JobContext&) {
                order.push_back(i);
                return std::string();
            })));
        }
        QVERIFY(engine.move(ids[3], ids[0]));  // 3 0 1 2
        QVERIFY(engine.move(ids[0], 0));       // 3 1 2 0
        QVERIFY(engine.move(ids[1], ids[1]));  // stays
        QVERIFY(engine.move(ids[2], ids[1]));  // 3 2 1 0
        QVERIFY(!engine.move(first, ids[0]));  // it is running
        QVERIFY(!engine.move(ids[0], first));
        QVERIFY(!engine.move(ids[0], 999));
        go = true;
        engine.wait_idle();
        QCOMPARE(order, (std::vector<int>{3, 2, 1, 0}));
        QVERIFY(!engine.move(ids[0], 0));
    }

    void cancellingARunningJobIsNoFailure() {
        Recorder recorder;
        Engine engine(recorder.listener());
        std::atomic<bool> begun{false};
        const JobId job = engine.submit(make_endless_job(begun));
        while (!begun) std::this_thread::yield();
        engine.cancel(job);
        engine.wait_idle();
        QCOMPARE(recorder.finished(job)->outcome, Outcome::cancelled);
    }

    void aQueuedJobThatIsCancelledNeverBegins() {
        Recorder recorder;
        Engine engine(recorder.listener());
        std::atomic<bool> begun{false}, ran{false};
        const JobId first = engine.submit(make_endless_job(begun));
        const JobId second = engine.submit(make_job("queued", [&](JobContext&) {
            ran = true;
            return std::string();
        }));
        while (!begun) std::this_thread::yield();
        engine.cancel(second);
        QCOMPARE(recorder.kinds(second), (std::vector<std::string>{"queued", "finished"}));
        QCOMPARE(recorder.finished(second)->outcome, Outcome::cancelled);
        QVERIFY(!engine.idle());
        engine.cancel(first);
        engine.wait_idle();
        QVERIFY(!ran);
        engine.cancel(second);
        engine.cancel(4711);
        QCOMPARE(recorder.kinds(second).size(), size_t{2});
    }

    void aPausedJobStandsStillUntilItIsResumed() {
        Recorder recorder;
        Engine engine(recorder.listener());
        std::atomic<int64_t> steps{0};
        std::atomic<bool> stop{false};
        const JobId job = engine.submit(make_job("counts", [&](JobContext& context) {
            while (!stop) {
                context.check();
                ++steps;
                std::this_thread::sleep_for(std::chrono::microseconds(100));
            }
            return std::string();
        }));
        QTRY_VERIFY(steps > 0);
        engine.pause(job);
        engine.pause(job);
        QTest::qWait(20);  // a step in progress may still end
        const int64_t at_rest = steps;
        QTest::qWait(100);
        QCOMPARE(steps.load(), at_rest);
        engine.resume(job);
        engine.resume(job);
        QTRY_VERIFY(steps > at_rest);
        stop = true;
        engine.wait_idle();
        QCOMPARE(recorder.kinds(job), (std::vector<std::string>{"queued", "started", "paused", "resumed", "finished"}));
    }

    void aPausedJobCanBeCancelled() {
        Recorder recorder;
        Engine engine(recorder.listener());
        std::atomic<bool> begun{false};
        const JobId job = engine.submit(make_endless_job(begun));
        while (!begun) std::this_thread::yield();
        engine.pause(job);
        engine.cancel(job);
        engine.wait_idle();
        QCOMPARE(recorder.finished(job)->outcome, Outcome::cancelled);
    }

    void aPausedQueuedJobIsPassedOver() {
        Recorder recorder;
        Engine engine(recorder.listener());
        std::atomic<bool> begun{false};
        std::vector<std::string> order;
        const JobId blocker = engine.submit(make_endless_job(begun));
        const JobId held = engine.submit(make_job("held", [&](JobContext&) {
            order.push_back("held");
            return std::string();
        }));
        const JobId next = engine.submit(make_job("next", [&](JobContext&) {
            order.push_back("next");
            return std::string();
        }));
        engine.pause(held);
        engine.cancel(blocker);
        QTRY_VERIFY(recorder.finished(next).has_value());
        QVERIFY(!engine.idle());
        engine.resume(held);
        engine.wait_idle();
        QCOMPARE(order, (std::vector<std::string>{"next", "held"}));
    }

    void destructionCancelsWhatRunsAndWhatWaits() {
        Recorder recorder;
        JobId running = 0, waiting = 0;
        {
            Engine engine(recorder.listener());
            std::atomic<bool> begun{false};
            running = engine.submit(make_endless_job(begun));
            waiting = engine.submit(make_job("waits", [](JobContext&) { return std::string(); }));
            while (!begun) std::this_thread::yield();
        }
        QCOMPARE(recorder.finished(running)->outcome, Outcome::cancelled);
        QCOMPARE(recorder.finished(waiting)->outcome, Outcome::cancelled);
        QCOMPARE(recorder.kinds(waiting), (std::vector<std::string>{"queued", "finished"}));
    }

    void aThousandSmallJobsFromSeveralThreads() {
        Recorder recorder;
        std::atomic<int> ran{0};
        Engine engine(recorder.listener());
        {
            std::vector<std::jthread> pool;
            for (int t = 0; t < 4; ++t) {
                pool.emplace_back([&] {
                    for (int i = 0; i < 250; ++i) {
                        engine.submit(make_job("small", [&](JobContext&) {
                            ++ran;
                            return std::string();
                        }));
                    }
                });
            }
        }
        engine.wait_idle();
        QCOMPARE(ran.load(), 1000);
        for (JobId id = 1; id <= 1000; ++id) {
            QCOMPARE(recorder.kinds(id), (std::vector<std::string>{"queued", "started", "finished"}));
        }
    }

    void progressHasASaneRateAndTimeLeft() {
        Recorder recorder;
        Engine engine(recorder.listener());
        const JobId job = engine.submit(make_job("steps", [](JobContext& context) {
            context.begin("Stage", "steps", 40);
            for (int i = 1; i <= 40; ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
                context.advance(i);
            }
            context.log(LogLevel::warning, "almost");
            return std::string();
        }));
        engine.wait_idle();
        const auto progress = recorder.progress(job);
        QVERIFY(progress.size() >= 3 && progress.size() <= 12);
        QCOMPARE(progress.front().done, 0);
        QCOMPARE(progress.back().done, 40);
        QCOMPARE(progress.back().seconds_left, 0.0);
        for (size_t i = 1; i < progress.size(); ++i) {
            QCOMPARE(progress[i].stage, std::string("Stage"));
            QVERIFY(progress[i].done > progress[i - 1].done);
            QVERIFY(progress[i].rate > 0 && progress[i].rate <= 100);
            const double left = static_cast<double>(40 - progress[i].done) / progress[i].rate;
            QVERIFY(std::abs(progress[i].seconds_left - left) < 1e-9);
        }
        QCOMPARE(recorder.logs(job), (std::vector<std::string>{"almost"}));
    }

    void aListenerThatThrowsHarmsNoJob() {
        std::atomic<int> heard{0};
        Engine engine([&heard](const Event&) {
            ++heard;
            if (heard % 2 == 0) throw std::runtime_error("page is broken");
            throw 1;
        });
        std::atomic<bool> ran{false};
        engine.submit(make_job("job", [&](JobContext& context) {
            context.log(LogLevel::info, "text");
            ran = true;
            return std::string();
        }));
        engine.wait_idle();
        QVERIFY(ran);
        QCOMPARE(heard.load(), 4);
    }

    void aListenerMayCallTheEngine() {
        Engine* engine_of_listener = nullptr;
        std::atomic<int> cancelled{0};
        Engine engine([&](const Event& event) {
            if (const auto* queued = std::get_if<JobQueued>(&event)) engine_of_listener->cancel(queued->job);
            if (std::holds_alternative<JobFinished>(event)) ++cancelled;
        });
        engine_of_listener = &engine;
        std::atomic<bool> ran{false};
        engine.submit(make_job("job", [&](JobContext&) {
            ran = true;
            return std::string();
        }));
        engine.wait_idle();
        QCOMPARE(cancelled.load(), 1);
        QVERIFY(!ran);
    }

    void aJobIsGoneBeforeItsEndIsTold() {
        auto alive = std::make_shared<int>(1);
        std::atomic<long> owners{0};
        Engine engine([&](const Event& event) {
            if (std::holds_alternative<JobFinished>(event)) owners = alive.use_count();
        });
        engine.submit(make_job("job", [copy = alive](JobContext&) { return std::to_string(*copy); }));
        engine.wait_idle();
        QCOMPARE(owners.load(), 1L);
    }

    void runHereGivesTheLineAndTheSameEvents() {
        Recorder recorder;
        TaskControl control;
        const auto job = make_job("here", [](JobContext& context) {
            context.emit(VideosChanged{context.id(), "/p.rest"});
            return std::string("12 clips");
        });
        QCOMPARE(run_here(*job, recorder.listener(), control), std::string("12 clips"));
        QCOMPARE(recorder.kinds(1), (std::vector<std::string>{"started", "videos", "finished"}));
        QCOMPARE(recorder.finished(1)->message, std::string("12 clips"));
    }

    void runHereThrowsWhatTheJobThrows() {
        Recorder recorder;
        TaskControl control;
        const auto bad = make_job("bad", [](JobContext&) -> std::string { throw Error(ErrorCode::io, "broken"); });
        QVERIFY_THROWS_EXCEPTION(Error, run_here(*bad, recorder.listener(), control));
        QCOMPARE(recorder.finished(1)->outcome, Outcome::failed);
        control.cancel();
        const auto never = make_job("never", [](JobContext&) { return std::string(); });
        QVERIFY_THROWS_EXCEPTION(Cancelled, run_here(*never, recorder.listener(), control));
        QCOMPARE(recorder.finished(1)->outcome, Outcome::cancelled);
    }
};

REST_TEST(TestEngine)
#include "test_engine.moc"
