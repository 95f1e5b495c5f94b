// SPDX-License-Identifier: GPL-3.0-or-later
// A rating process is killed at random moments: no acknowledged answer is lost, none is stored twice.
#include <sys/wait.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <algorithm>
#include <csignal>
#include <map>
#include <set>
#include <thread>

#include "core/base/random.h"
#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;
using namespace rest::test;

namespace {

constexpr int kKills = 50;
constexpr const char* kAnna = "anna";

/// What the child sends after each call that returned: the log's new last row.
struct Acknowledged {
    int64_t clip;
    int choice;
    int64_t sequence;
};

/// Rates forever, undoing now and then, until it is killed.
[[noreturn]] void rateUntilKilled(const std::filesystem::path& file, int out, uint64_t attempt) {
    Study study = Study::open(file);
    RatingSession session(study, kAnna);
    Random random(5, attempt);
    int64_t sequence = 0;
    for (const auto& a : study.answers()) sequence = std::max(sequence, a.sequence);
    for (;;) {
        Acknowledged said{};
        const bool undo = session.current() == nullptr || random.chance(0.25);
        if (undo) {
            if (!session.undo()) continue;
            said = {session.current()->clip, static_cast<int>(Choice::withdrawn), ++sequence};
        } else {
            const bool yes = random.chance(0.5);
            said = {session.current()->clip, yes ? 1 : 0, ++sequence};
            session.answer(yes, {static_cast<int64_t>(random.below(5000)), 0});
        }
        if (::write(out, &said, sizeof said) != sizeof said) ::_exit(1);
    }
}

}  // namespace

class TestStudyCrash : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyAcknowledgedAnswerIsThereOnce() {
        ProjectPlace place;
        MadeStudy made{.clips = 200, .controls = 5};
        const auto file = [&] { return make_study(place.root(), made).file(); }();
        std::map<int64_t, Acknowledged> acknowledged;  // by sequence
        size_t before = 0;
        int with_journal = 0;
        Random random(23);
        for (int attempt = 0; attempt < kKills; ++attempt) {
            int pipe_ends[2];
            QCOMPARE(::pipe(pipe_ends), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(pipe_ends[0]);
                try {
                    rateUntilKilled(file, pipe_ends[1], attempt);
                } catch (const std::exception& e) {
                    qWarning("child: %s", e.what());
                    ::_exit(1);
                }
            }
            ::close(pipe_ends[1]);
            Acknowledged said;
            const auto wanted = static_cast<int>(1 + random.below(12));
            for (int i = 0; i < wanted; ++i) {
                QCOMPARE(::read(pipe_ends[0], &said, sizeof said), ssize_t(sizeof said));
                acknowledged[said.sequence] = said;
            }
            std::this_thread::sleep_for(std::chrono::microseconds(random.below(6000)));
            QCOMPARE(::kill(child, SIGKILL), 0);
            ::waitpid(child, nullptr, 0);
            while (::read(pipe_ends[0], &said, sizeof said) == ssize_t(sizeof said)) acknowledged[said.sequence] = said;
            ::close(pipe_ends[0]);
            with_journal += std::filesystem::exists(file.string() + "-journal");

            const Study study = Study::open(file);
            std::map<int64_t, Answer> log;
            for (const auto& a : study.answers()) QVERIFY(log.emplace(a.sequence, a).second);
            for (const auto& [sequence, said_then] : acknowledged) {
                QVERIFY(log.contains(sequence));
                QCOMPARE(log[sequence].clip, said_then.clip);
                QCOMPARE(static_cast<int>(log[sequence].choice), said_then.choice);
            }
            // The one interrupted call may have been committed without an acknowledgement.
            QVERIFY(log.size() >= acknowledged.size() &&
                    log.size() <= acknowledged.size() + static_cast<size_t>(attempt + 1));
            QVERIFY(log.size() > before);
            before = log.size();
            std::set<int64_t> clips;
            for (const auto& a : study.current_answers()) QVERIFY(clips.insert(a.clip).second);
        }
        qInfo("%zu answers and undos acknowledged, %zu in the log; %d of %d kills hit a commit", acknowledged.size(),
              before, with_journal, kKills);
    }

    void anAnswerIsQuick() {
        ProjectPlace place;
        Study study = make_study(place.root(), {.clips = 1000});
        RatingSession session(study, kAnna);
        std::vector<double> times;
        for (int i = 0; i < 300; ++i) {
            QElapsedTimer timer;
            timer.start();
            session.answer(true, {1000, 0});
            times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(times.begin(), times.end());
        qInfo("answer committed in %.2f ms (median), %.2f ms (99 %%)", times[150], times[297]);
        QVERIFY(times[150] < 100);
    }
};

REST_TEST(TestStudyCrash)
#include "test_study_crash.moc"
