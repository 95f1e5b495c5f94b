// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QtTest/QtTest>

#include <algorithm>

#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"
#include "tests/ui/made_rating.h"

using namespace rest;
using namespace rest::ui;

class TestUiRatingSpeed : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void theNextClipIsThereAtOnce() {
        QTemporaryDir folder;
        const QString file =
            makeRating(folder.path(), {.clips = 60, .different = 30, .frames = 40, .size = {384, 288}});
        RatingScreen screen;
        QVERIFY(openRating(screen, file, QStringLiteral("anna")));
        RatingPane& pane = *screen.pane();
        std::vector<double> times, processor;  // milliseconds
        for (int i = 0; i < 50; ++i) {
            QTest::qWait(250);  // as fast as anyone can judge
            const qint64 before = pane.clip();
            qint64 shown = -1;
            QElapsedTimer clock;
            test::ProcessorTimer used;
            const auto link = connect(&pane, &RatingPane::shown, this, [&](qint64 clip) {
                shown = clip;
                times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
                processor.push_back(static_cast<double>(used.nsecsElapsed()) / 1e6);
            });
            clock.start();
            used.start();
            QTest::keyClick(&pane, Qt::Key_Y);
            QVERIFY(QTest::qWaitFor([&] { return shown >= 0; }, 10000));
            disconnect(link);
            QVERIFY(shown != before);
        }
        std::ranges::sort(times);
        qInfo("key to the next clip's first frame: %.1f ms (median), %.1f ms (95 %%), %.1f ms (longest) of %zu",
              times[times.size() / 2], times[times.size() * 95 / 100], times.back(), times.size());
        QVERIFY(times[times.size() / 2] < 100);
        QVERIFY(std::ranges::max(processor) < 100);  // the longest wait may be caused by another program
    }
};

REST_TEST(TestUiRatingSpeed)
#include "test_ui_rating_speed.moc"
