// SPDX-License-Identifier: GPL-3.0-or-later
// The window is killed (SIGKILL) during rating: every answer that it had acknowledged is stored, none twice.
#include <signal.h>
#include <unistd.h>

#include <QApplication>
#include <QProcess>
#include <QtTest/QtTest>
#include <cstdlib>
#include <map>
#include <set>

#include "core/base/random.h"
#include "tests/support/test_program.h"
#include "tests/ui/made_rating.h"

using namespace rest;
using namespace rest::study;
using namespace rest::ui;

namespace {

constexpr int kills = 50;

/// Rates by key events until it is killed, and prints each acknowledged answer: "SEQUENCE CLIP CHOICE", one per line.
class RatingPerson : public QObject {
  public:
    RatingPerson(const QString& file, uint64_t attempt) : random_(9, attempt) {
        const Study study = Study::open(path(file), store::OpenMode::read_only);
        for (const Answer& answer : study.answers()) sequence_ = std::max(sequence_, answer.sequence);
        connect(screen_.pane(), &RatingPane::committed, this, &RatingPerson::acknowledge);
        if (!openRating(screen_, file, QStringLiteral("anna"))) ::_exit(3);
    }

    void rate() {
        for (;;) {
            const bool done = screen_.page() == RatingScreen::Page::finish;
            if (!done && !waitForClip(screen_)) ::_exit(4);
            const double draw = random_.uniform();
            if (done || draw < 0.2) {
                press(&screen_, Qt::Key_Backspace, Choice::withdrawn);
            } else if (draw < 0.3) {
                press(&screen_, Qt::Key_S, Choice::skip);
                press(screen_.focusWidget(), Qt::Key_1, Choice::skip);
            } else if (draw < 0.65) {
                press(&screen_, Qt::Key_Y, Choice::yes);
            } else {
                press(&screen_, Qt::Key_Left, Choice::no);
            }
        }
    }

  private:
    void press(QWidget* widget, Qt::Key key, Choice choice) {
        choice_ = choice;
        const bool rating = screen_.page() == RatingScreen::Page::rate;
        QTest::keyClick(widget == &screen_ && rating ? screen_.pane() : widget, key);
    }
    void acknowledge(qint64 clip) {
        const std::string line = std::to_string(++sequence_) + ' ' + std::to_string(clip) + ' ' +
                                 std::to_string(static_cast<int>(choice_)) + '\n';
        if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(5);
    }

    Random random_;
    RatingScreen screen_;
    int64_t sequence_ = 0;
    Choice choice_ = Choice::no;
};

struct Acknowledged {
    int64_t clip;
    int choice;
};

void take(const QByteArray& output, std::map<int64_t, Acknowledged>& acknowledged) {
    for (const QByteArray& line : output.split('\n')) {
        const QList<QByteArray> parts = line.split(' ');
        if (parts.size() == 3) acknowledged[parts[0].toLongLong()] = {parts[1].toLongLong(), parts[2].toInt()};
    }
}

}  // namespace

class TestUiRatingCrash : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyAcknowledgedAnswerIsThereOnce() {
        QTemporaryDir folder;
        const QString file = makeRating(folder.path(), {.clips = 300, .controls = 5, .frames = 2});
        std::map<int64_t, Acknowledged> acknowledged;  // by sequence
        size_t before = 0;
        Random random(31);
        for (int attempt = 0; attempt < kills; ++attempt) {
            QProcess child;
            child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            child.start(QApplication::applicationFilePath(),
                        {QStringLiteral("--rate"), file, QString::number(attempt)});
            QVERIFY(child.waitForStarted());
            QByteArray output;
            const auto wanted = static_cast<qsizetype>(1 + random.below(8));
            while (output.count('\n') < wanted) {
                QVERIFY2(child.waitForReadyRead(20000), qPrintable(child.errorString()));
                output += child.readAllStandardOutput();
            }
            ::usleep(static_cast<useconds_t>(random.below(12000)));
            QCOMPARE(::kill(static_cast<pid_t>(child.processId()), SIGKILL), 0);
            QVERIFY(child.waitForFinished());
            take(output + child.readAllStandardOutput(), acknowledged);

            const Study study = Study::open(path(file));
            std::map<int64_t, Answer> log;
            for (const Answer& answer : study.answers()) QVERIFY2(log.emplace(answer.sequence, answer).second, "twice");
            for (const auto& [sequence, said] : acknowledged) {
                QVERIFY2(log.contains(sequence), "lost");
                QCOMPARE(log[sequence].clip, said.clip);
                QCOMPARE(static_cast<int>(log[sequence].choice), said.choice);
            }
            // An interrupted answer may have been committed but not printed: at most one per kill.
            QVERIFY(log.size() <= acknowledged.size() + static_cast<size_t>(attempt + 1));
            QVERIFY(log.size() > before);
            before = log.size();
            std::set<int64_t> clips;
            for (const Answer& answer : study.current_answers()) QVERIFY(clips.insert(answer.clip).second);
        }
        qInfo("%zu answers, skips and undos acknowledged over %d kills, %zu in the log", acknowledged.size(), kills,
              before);
    }
};

static const rest::test::ChildEntry rating_person("--rate", [](int argc, char** argv) {
    if (argc != 2) return 2;
    QApplication app(argc, argv);
    RatingPerson(QString::fromLocal8Bit(argv[0]), static_cast<uint64_t>(std::atoi(argv[1]))).rate();
    return 0;
});
REST_TEST(TestUiRatingCrash)
#include "test_ui_rating_crash.moc"
