// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QtTest/QtTest>

#include <atomic>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/base/strings.h"
#include "core/base/task.h"
#include "tests/support/test_program.h"

using namespace rest;

class TestBase : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void randomDependsOnKeyAndCounterOnly() {
        Random a(7, 3, 11);
        Random b(7, 3, 11);
        Random other(7, 4, 11);
        bool differs = false;
        for (int i = 0; i < 100; ++i) {
            const uint32_t x = a.next();
            QCOMPARE(b.next(), x);
            differs = differs || other.next() != x;
        }
        QVERIFY(differs);
    }

    void randomHasTheRightMoments() {
        Random random(1);
        double sum = 0, squares = 0;
        std::array<int, 7> counts{};
        const int n = 70000;
        for (int i = 0; i < n; ++i) {
            const double x = random.normal();
            sum += x;
            squares += x * x;
            ++counts[random.below(7)];
        }
        QVERIFY(std::abs(sum / n) < 0.02);
        QVERIFY(std::abs(squares / n - 1) < 0.03);
        for (const int count : counts) QVERIFY(std::abs(count - n / 7) < 500);
    }

    void atomicWriteKeepsTheOldFileWhenWritingFails() {
        QTemporaryDir dir;
        const auto path = std::filesystem::path(dir.path().toStdString()) / "file ü";
        write_file_atomically(path, "old");
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, write_file_atomically(path, [](std::ostream& out) {
                                     out << "half";
                                     throw std::runtime_error("power cut");
                                 }));
        QCOMPARE(read_file(path), std::string("old"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}), 1);
    }

    void aMissingFileIsNamed() {
        try {
            read_file("/nowhere/at/all");
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::not_found);
            QVERIFY(std::string(e.what()).find("/nowhere/at/all") != std::string::npos);
        }
    }

    void parallelForVisitsEachOnceAndHandsOnExceptions() {
        std::vector<std::atomic<int>> seen(1000);
        parallel_for(
            1000, [&](int64_t i) { ++seen[i]; }, 4);
        for (const auto& count : seen) QCOMPARE(count.load(), 1);
        QVERIFY_THROWS_EXCEPTION(Error, parallel_for(
                                            100,
                                            [](int64_t i) {
                                                if (i == 50) throw Error(ErrorCode::io, "x");
                                            },
                                            4));
    }

    void captionsAreComparedWithoutCaseAndBlanks() {
        QCOMPARE(caption_key("  A man\t riding\n"), std::string("a man riding"));
        QCOMPARE(caption_key(""), std::string());
        QCOMPARE(split_lines("a\r\nb\n"), (std::vector<std::string>{"a", "b"}));
    }

    void aShellReadsWordsBackAsTheyWere() {
        for (const char* text :
             {"plain/path-1.mp4", "it's mine.rest", "two words", "", "$HOME `id` \"x\" \\ {}*?", "a\nb", "=1;2"}) {
            const std::string word = text;
            QProcess shell;
            shell.start("/bin/sh", {"-c", QString::fromStdString("printf %s " + shell_word(word))});
            QVERIFY(shell.waitForFinished());
            QCOMPARE(shell.readAllStandardOutput().toStdString(), word);
        }
        QCOMPARE(shell_word("/data/a_b-c.mp4"), std::string("/data/a_b-c.mp4"));
    }

    void jsonThatNestsTooDeepIsRefusedBeforeItIsParsed() {
        const auto nested = [](size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
        QVERIFY(parse_json(nested(100)).has_value());
        QVERIFY(!parse_json(nested(101)).has_value());
        QVERIFY(!parse_json(nested(2'000'000)).has_value());
        QVERIFY(!parse_json("{\"a\":" + nested(101) + "}").has_value());
        // Brackets inside a string do not count, however its quotation marks are escaped.
        QVERIFY(parse_json("[\"\\\\\", \"\\\"" + std::string(200, '{') + "\"]").has_value());
        QVERIFY(!parse_json("{\"a\":").has_value());
    }

    void integersOfJsonAreHeldAgainstTheirRange() {
        const nlohmann::json json{{"a", 3}, {"b", 1e300}, {"c", -1}, {"d", ~uint64_t{0}}, {"e", "3"}};
        QCOMPARE(integer_member(json, "a", -9, 0, 10), int64_t{3});
        QCOMPARE(integer_member(json, "a", -9, 0, 2), int64_t{-9});
        for (const char* name : {"b", "c", "d", "e", "f"}) QCOMPARE(integer_member(json, name, -9, 0, 10), int64_t{-9});
        QCOMPARE(integer_member(nlohmann::json(7), "a", -9, 0, 10), int64_t{-9});
    }

    void workThatGoesOnCountsItsRateFromThere() {
        struct Watched final : Task {
            using Task::Task;
            Progress last;
            void on_progress(const Progress& p) override { last = p; }
            void on_log(LogLevel, const std::string&) override {}
        };
        TaskControl control;
        Watched task(control);
        task.begin("Downloading", "bytes", 1000, 900);
        QCOMPARE(task.last.done, int64_t{900});
        task.advance(1000);
        const double rate = task.last.rate;
        task.begin("Downloading", "bytes", 1000);
        task.advance(1000);
        QVERIFY(rate > 0 && task.last.rate > 0);
        task.begin("Downloading", "bytes", 1000, 1000);  // nothing left to do
        task.advance(1000);
        QCOMPARE(task.last.rate, 0.0);
        QCOMPARE(task.last.done, int64_t{1000});
    }

    void pausedWorkWaitsAndCancelledWorkStops() {
        TaskControl control;
        control.pause();
        std::atomic<bool> passed{false};
        std::thread worker([&] {
            control.check();
            passed = true;
        });
        QTest::qWait(30);
        QVERIFY(!passed);
        control.resume();
        worker.join();
        QVERIFY(passed);
        control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, control.check());
    }
};

REST_TEST(TestBase)
#include "test_base.moc"
