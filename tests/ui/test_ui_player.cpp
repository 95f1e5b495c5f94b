// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/clips.h"
#include "ui/clips/thumbnail_loader.h"
#include "ui/player/video_player.h"

using namespace rest;
using namespace rest::ui;

class TestUiPlayer : public QObject {
    Q_OBJECT

  private:
    static constexpr int frames = 16;
    QTemporaryDir folder_;
    QString clip_;

    /// The number of the frame whose grey level is nearest to that of the picture's centre: what is really shown.
    static int seen(const VideoPlayer& player) {
        const int grey = qGray(player.image().pixel(player.image().rect().center()));
        int best = 0;
        for (int i = 1; i < frames; ++i) {
            if (std::abs(greyOf(i) - grey) < std::abs(greyOf(best) - grey)) best = i;
        }
        return best;
    }

  private Q_SLOTS:
    void initTestCase() { clip_ = writeGreyClip(folder_.path(), QStringLiteral("grau ä 1.mp4"), frames); }

    void stepsExactlyOneFrame() {
        VideoPlayer player;
        player.show();
        player.setVideo(clip_);
        QTRY_COMPARE(player.frame(), 0);
        QCOMPARE(player.frames(), frames);
        for (int i = 1; i < frames; ++i) {
            QTest::keyClick(&player, Qt::Key_Right);
            QTRY_COMPARE(player.frame(), i);
            QCOMPARE(seen(player), i);
        }
        QTest::keyClick(&player, Qt::Key_Right);
        QTest::qWait(50);
        QCOMPARE(player.frame(), frames - 1);
        for (int i = frames - 2; i >= 0; --i) {
            QTest::keyClick(&player, Qt::Key_Left);
            QTRY_COMPARE(player.frame(), i);
            QCOMPARE(seen(player), i);
        }
    }

    void quickStepsAddUp() {
        VideoPlayer player;
        player.show();
        player.setVideo(clip_);
        QTRY_COMPARE(player.frame(), 0);
        for (int i = 0; i < 7; ++i) QTest::keyClick(&player, Qt::Key_Right);
        QTRY_COMPARE(player.frame(), 7);
        QCOMPARE(seen(player), 7);
        QTest::keyClick(&player, Qt::Key_End);
        QTRY_COMPARE(player.frame(), frames - 1);
        QTest::keyClick(&player, Qt::Key_Home);
        QTRY_COMPARE(player.frame(), 0);
        QCOMPARE(seen(player), 0);
    }

    void playsInALoopAtItsPace() {
        VideoPlayer player;
        player.show();
        player.setVideo(clip_);
        QTRY_COMPARE(player.frame(), 0);
        QList<qint64> order;
        connect(&player, &VideoPlayer::frameShown, this, [&](qint64 frame) { order << frame; });
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(&player, Qt::Key_Space);
        QVERIFY(player.playing());
        QTRY_VERIFY(order.size() >= frames + 2);
        const double seconds = static_cast<double>(clock.elapsed()) / 1000;
        QTest::keyClick(&player, Qt::Key_Space);
        QVERIFY(!player.playing());
        for (qsizetype i = 0; i < order.size(); ++i) QCOMPARE(order[i], (i + 1) % frames);
        QVERIFY2(seconds > 1.6 && seconds < 3.0, qPrintable(QString::number(seconds)));  // 18 frames at 10 per second
    }

    void marksTheSampledFrames() {
        VideoPlayer player;
        player.show();
        player.setVideo(clip_, 8);
        QTRY_COMPARE(player.frame(), 0);
        QCOMPARE(player.samples(), (QList<qint64>{1, 3, 5, 7, 9, 11, 13, 15}));
        player.showSample(3);
        QTRY_COMPARE(player.frame(), 7);
        QCOMPARE(seen(player), 7);
    }

    void aDamagedFileIsAMessage() {
        const QString file = QDir(folder_.path()).filePath(QStringLiteral("bad.mp4"));
        QFile bad(file);
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write("this is no video");
        bad.close();
        VideoPlayer player;
        player.show();
        QSignalSpy failed(&player, &VideoPlayer::failed);
        player.setVideo(file);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(player.frame(), -1);
        QTest::keyClick(&player, Qt::Key_Right);
        player.setVideo(clip_);
        QTRY_COMPARE(player.frame(), 0);
    }

    void thumbnailsComeLazily() {
        ThumbnailLoader loader(QSize(60, 40));
        QSignalSpy ready(&loader, &ThumbnailLoader::ready);
        QVERIFY(loader.pixmap(5, clip_).isNull());
        QTRY_COMPARE(ready.count(), 1);
        QVERIFY(!loader.pixmap(5, clip_).isNull());
        for (int id = 100; id < 400; ++id) loader.pixmap(id, clip_);
        QTRY_VERIFY_WITH_TIMEOUT(loader.idle(), 20000);
        QVERIFY2(ready.count() < 200, "rows scrolled away must not be decoded");
    }
};

REST_TEST(TestUiPlayer)
#include "test_ui_player.moc"
