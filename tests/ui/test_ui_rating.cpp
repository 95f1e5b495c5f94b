// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/resource.h>

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include <map>

#include "tests/support/test_program.h"
#include "tests/ui/made_rating.h"
#include "ui/rating/answer_bar.h"
#include "ui/rating/clip_loop.h"
#include "ui/rating/progress_text.h"
#include "ui/rating/sign_in_pane.h"

using namespace rest;
using namespace rest::study;
using namespace rest::ui;

namespace {

/// While this object lives, no file of this process can grow, as on a full disk.
class FullDisk {
  public:
    FullDisk() {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit none = before_;
        none.rlim_cur = 1;
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_{};
};

}  // namespace

class TestUiRating : public QObject {
    Q_OBJECT

  private:
    /// The only annotator's current answer to each clip, from the log.
    static std::map<int64_t, Choice> current(const QString& file) {
        std::map<int64_t, Choice> found;
        const Study study = Study::open(path(file), store::OpenMode::read_only);
        for (const Answer& answer : study.current_answers()) found[answer.clip] = answer.choice;
        return found;
    }

    static QPushButton* buttonWith(QWidget& inside, const QString& words) {
        for (QPushButton* made : inside.findChildren<QPushButton*>()) {
            if (made->isVisible() && made->text().contains(words)) return made;
        }
        return nullptr;
    }

  private Q_SLOTS:
    void twoHundredClipsByKeys() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {.clips = 200, .settings = {.answers_per_clip = 1, .seed = 3}});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        RatingPane& pane = *screen.pane();
        std::map<int64_t, Choice> expected;
        std::map<int64_t, int> replays;
        std::vector<qint64> order;
        int steps = 0;
        while (screen.page() == RatingScreen::Page::rate) {
            QVERIFY(waitForClip(screen));
            const qint64 clip = pane.clip();
            ++steps;
            replays[clip] = 0;
            if (steps % 9 == 0) {
                QTest::keyClick(&pane, Qt::Key_R);
                QTest::keyClick(&pane, Qt::Key_R);
                replays[clip] = 2;
            }
            if (steps % 13 == 0 && !order.empty()) {
                // Undoes two answers; the later one stays unanswered until its clip comes again.
                for (int i = 0; i < 2 && !order.empty(); ++i) {
                    QTest::keyClick(&pane, Qt::Key_Backspace);
                    QVERIFY(waitForClip(screen));
                    QCOMPARE(pane.clip(), order.back());
                    expected.erase(order.back());
                    order.pop_back();
                }
                continue;
            }
            if (steps % 11 == 0) {
                QTest::keyClick(&pane, Qt::Key_S);
                QTest::keyClick(screen.focusWidget(), Qt::Key_2);
                expected[clip] = Choice::skip;
            } else {
                const bool yes = clip % 3 != 0;
                const Qt::Key keys[2][2] = {{Qt::Key_N, Qt::Key_Left}, {Qt::Key_Y, Qt::Key_Right}};
                QTest::keyClick(&pane, keys[yes][steps % 2]);
                expected[clip] = yes ? Choice::yes : Choice::no;
            }
            order.push_back(clip);
        }
        QCOMPARE(screen.page(), RatingScreen::Page::finish);
        QCOMPARE(expected.size(), size_t{200});
        QCOMPARE(current(file), expected);
        const Study study = Study::open(path(file), store::OpenMode::read_only);
        for (const Answer& answer : study.current_answers()) {
            QCOMPARE(answer.replays, replays[answer.clip]);
            QVERIFY(answer.milliseconds < 60000);
            QCOMPARE(answer.reason.empty(), answer.choice != Choice::skip);
        }
    }

    void aKeyHeldDownAnswersOnce() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        QTest::keyPress(screen.pane(), Qt::Key_Y);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(waitForClip(screen));
            QKeyEvent again(QEvent::KeyPress, Qt::Key_Y, Qt::NoModifier, QStringLiteral("y"), true);
            QApplication::sendEvent(screen.pane(), &again);
        }
        QCOMPARE(current(file).size(), size_t{1});
    }

    void buttonsDoAsKeysDo() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        auto* bar = screen.findChild<AnswerBar*>();
        const qint64 first = screen.pane()->clip();
        buttonWith(*bar, QStringLiteral("Yes"))->click();
        QVERIFY2(bar->marked(true), "the choice is seen for a moment");
        QVERIFY(waitForClip(screen));
        QTRY_VERIFY(!bar->marked(true));
        QCOMPARE(current(file)[first], Choice::yes);
        // With the keyboard focus on a button, arrow keys still answer.
        const qint64 second = screen.pane()->clip();
        QPushButton* replay = buttonWith(*bar, QStringLiteral("Replay"));
        replay->setFocus();
        QTest::keyClick(replay, Qt::Key_Left);
        QVERIFY(waitForClip(screen));
        QCOMPARE(current(file)[second], Choice::no);
        buttonWith(*bar, QStringLiteral("Take back"))->click();
        QVERIFY(waitForClip(screen));
        QCOMPARE(screen.pane()->clip(), second);
        QCOMPARE(current(file)[second], Choice::withdrawn);
    }

    void skippingTakesAReasonInOnesOwnWords() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        QTest::keyClick(screen.pane(), Qt::Key_S);
        QTest::keyClick(screen.focusWidget(), Qt::Key_5);
        auto* line = qobject_cast<QLineEdit*>(screen.focusWidget());
        QVERIFY(line);
        QTest::keyClicks(line, QStringLiteral("2 dogs, no people: yes and n"));
        QCOMPARE(current(file).size(), size_t{0});
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(waitForClip(screen));
        const Study study = Study::open(path(file), store::OpenMode::read_only);
        QCOMPARE(study.answers().size(), size_t{1});
        QCOMPARE(study.answers()[0].reason, std::string("2 dogs, no people: yes and n"));
        QTest::keyClick(screen.pane(), Qt::Key_S);
        QTest::keyClick(screen.focusWidget(), Qt::Key_Escape);
        QTest::keyClick(screen.pane(), Qt::Key_Y);
        QCOMPARE(current(file).size(), size_t{2});
    }

    void aPauseIsNotCountedAndPausesTheKeys() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        QTest::keyClick(screen.pane(), Qt::Key_P);
        QCOMPARE(screen.page(), RatingScreen::Page::pause);
        QTest::keyClick(&screen, Qt::Key_Y);
        QTest::qWait(700);
        QVERIFY(current(file).empty());
        QTest::keyClick(&screen, Qt::Key_Escape);
        QCOMPARE(screen.page(), RatingScreen::Page::rate);
        QTest::keyClick(screen.pane(), Qt::Key_Y);
        const Study study = Study::open(path(file), store::OpenMode::read_only);
        QCOMPARE(study.answers().size(), size_t{1});
        QVERIFY2(study.answers()[0].milliseconds < 600, "the pause counted");
    }

    void nothingIsTakenBeforeTheLeastViewing() {
        QTemporaryDir folder;
        const QString file =
            makeRating(folder.path(), {.settings = {.answers_per_clip = 1, .minimum_viewing_ms = 600}});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        QPushButton* yes = buttonWith(screen, QStringLiteral("Yes"));
        QVERIFY(!yes->isEnabled());
        QTest::keyClick(screen.pane(), Qt::Key_Y);
        QVERIFY(current(file).empty());
        QTRY_VERIFY(yes->isEnabled());
        QTest::keyClick(screen.pane(), Qt::Key_Y);
        QCOMPARE(current(file).size(), size_t{1});
    }

    void theTrainingRoundGivesFeedback() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {.clips = 4, .training = 2});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        const qint64 practice = screen.pane()->clip();
        QCOMPARE(practice, 4);
        QTest::keyClick(screen.pane(), Qt::Key_N);  // even ones are known to be yes
        QPushButton* next = buttonWith(screen, QStringLiteral("Next clip"));
        QVERIFY(next);
        QStringList words;
        for (const QLabel* label : screen.findChildren<QLabel*>()) {
            if (label->isVisible()) words << label->text();
        }
        QVERIFY(words.join(QChar('|')).contains(QStringLiteral("the answer here is yes")));
        QVERIFY(words.contains(QStringLiteral("Look at the oars.")));
        QCOMPARE(screen.pane()->clip(), practice);
        QTest::keyClick(next, Qt::Key_Return);
        QVERIFY(waitForClip(screen));
        QCOMPARE(screen.pane()->clip(), 5);
        QCOMPARE(current(file).size(), size_t{1});
    }

    void oneAfterTheOther() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {.clips = 6});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(screen.pane(), Qt::Key_Y);
            QVERIFY(waitForClip(screen));
        }
        QTest::keyClick(screen.pane(), Qt::Key_P);
        screen.signOut();
        QCOMPARE(screen.page(), RatingScreen::Page::sign_in);
        screen.signIn(QStringLiteral("Bert"));
        for (int i = 0; i < 6; ++i) {
            QVERIFY(waitForClip(screen));
            QTest::keyClick(screen.pane(), Qt::Key_N);
        }
        QCOMPARE(screen.page(), RatingScreen::Page::finish);
        screen.signOut();
        screen.signIn(QStringLiteral(" ANNA "));  // continues where she left off
        for (int i = 0; i < 2; ++i) {
            QVERIFY(waitForClip(screen));
            QTest::keyClick(screen.pane(), Qt::Key_Y);
        }
        QCOMPARE(screen.page(), RatingScreen::Page::finish);
        screen.close();
        const Study study = Study::open(path(file), store::OpenMode::read_only);
        QCOMPARE(study.annotators().size(), size_t{2});
        QCOMPARE(study.current_answers().size(), size_t{12});
    }

    void atTheEndTheLastAnswerCanBeTakenBack() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {.clips = 1});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        QTest::keyClick(screen.pane(), Qt::Key_Y);
        QCOMPARE(screen.page(), RatingScreen::Page::finish);
        QTest::keyClick(&screen, Qt::Key_Backspace);
        QVERIFY(waitForClip(screen));
        QTest::keyClick(screen.pane(), Qt::Key_N);
        QCOMPARE(screen.page(), RatingScreen::Page::finish);
        QCOMPARE(current(file)[0], Choice::no);
    }

    /// An annotator who has rated all and signs in by Return sees the thanks, and the same key does not sign out again.
    void whoeverIsDoneIsThanked() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {.clips = 1});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        QTest::keyClick(screen.pane(), Qt::Key_Y);
        QCOMPARE(screen.page(), RatingScreen::Page::finish);
        const auto typed = [&](const QString& code, Qt::Key key) {
            auto* field = screen.findChild<SignInPane*>()->findChild<QLineEdit*>();
            field->setFocus();
            field->setText(code);
            QTest::keyClick(field, key);
        };
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
            QTest::keyClick(&screen, key);  // "Done"
            QCOMPARE(screen.page(), RatingScreen::Page::sign_in);
            typed(QStringLiteral("anna"), key);
            QCOMPARE(screen.page(), RatingScreen::Page::finish);
            QVERIFY(buttonWith(screen, QStringLiteral("Done")));
        }
        screen.signOut();
        auto* people = screen.findChild<QListWidget*>(QStringLiteral("people"));
        people->setFocus();
        people->setCurrentRow(0);
        QTest::keyClick(people, Qt::Key_Return);
        QCOMPARE(screen.page(), RatingScreen::Page::finish);
        screen.signOut();
        typed(QString(), Qt::Key_Return);  // no name
        QCOMPARE(screen.page(), RatingScreen::Page::sign_in);
    }

    void nothingOnTheScreenTellsMoreThanItShould() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        for (const QWidget* part : screen.findChildren<QWidget*>()) {
            QStringList words{part->accessibleName(), part->accessibleDescription(), part->toolTip()};
            if (const auto* label = qobject_cast<const QLabel*>(part)) words << label->text();
            QVERIFY2(!words.join(QChar(' ')).contains(QStringLiteral("secret")), qPrintable(words.join(QChar(' '))));
        }
        // A screen reader gets the caption and the question.
        QVERIFY(screen.pane()->accessibleName().contains(
            QStringLiteral("someone is rowing number %1").arg(screen.pane()->clip())));
        QVERIFY(screen.pane()->accessibleName().contains(
            QStringLiteral("Does the text describe the action shown in the video?")));
        QVERIFY(screen.pane()->hasFocus());
    }

    void anAnswerThatCannotBeSavedKeepsTheClip() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        const qint64 clip = screen.pane()->clip();
        {
            const FullDisk full;
            QTest::keyClick(screen.pane(), Qt::Key_Y);
        }
        QVERIFY2(screen.pane()->message().contains(QStringLiteral("not saved")), qPrintable(screen.pane()->message()));
        QVERIFY(current(file).empty());
        QCOMPARE(screen.pane()->clip(), clip);
        QTest::keyClick(screen.pane(), Qt::Key_Y);
        QCOMPARE(current(file)[clip], Choice::yes);
    }

    void aDamagedFileIsAMessage() {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("bad.study"));
        QFile bad(file);
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write("this is no study");
        bad.close();
        RatingScreen screen;
        QSignalSpy failed(&screen, &RatingScreen::failed);
        screen.open(file, false);
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!screen.isOpen());
    }

    void progressIsToldInWords() {
        QCOMPARE(progressText({.answered = 120, .skipped = 3, .left = 277, .seconds_left = 1500}),
                 QStringLiteral("123 of 400, about 25 min left at your pace"));
        QCOMPARE(progressText({.answered = 1, .left = 9, .seconds_left = 12}), QStringLiteral("1 of 10"));
        QCOMPARE(progressText({.answered = 50, .left = 1000, .seconds_left = 9000}),
                 QStringLiteral("50 of 1,050, about 2 h 30 min left at your pace"));
        QCOMPARE(progressText({.left = 40, .training_left = 2}), QStringLiteral("Practice: 2 to go, then 40 clips"));
    }

    void aBreakIsProposed() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {});
        RatingScreen screen;
        screen.pane()->setBreakInterval(200);
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        QVERIFY(screen.pane()->message().isEmpty());
        QTRY_VERIFY(screen.pane()->message().contains(QStringLiteral("break")));
        QTest::keyClick(screen.pane(), Qt::Key_Y);
        QCOMPARE(current(file).size(), size_t{1});
    }
};

REST_TEST(TestUiRating)
#include "test_ui_rating.moc"
