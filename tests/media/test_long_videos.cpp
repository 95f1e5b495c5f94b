// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <chrono>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/media/coded_pictures.h"
#include "core/media/video_reader.h"
#include "tests/media/clip_maker.h"
#include "tests/media/ffmpeg_program.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::media;
using namespace rest::test;
namespace fs = std::filesystem;

/// The time limit ends videos that make no progress, never ones that are merely long.
class TestLongVideos : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    fs::path file(const std::string& name) const { return fs::path(dir_.path().toStdString()) / name; }
    QString name(const std::string& name) const { return QString::fromStdString(file(name).string()); }

    /// Limits that record whether anything was decoded.
    static MediaLimits watched(bool& decoded, int64_t& packets) {
        MediaLimits limits;
        limits.watch = [&](const ReadProgress& progress) {
            decoded = decoded || progress.decoding;
            packets = std::max(packets, progress.packets);
        };
        return limits;
    }

  private Q_SLOTS:
    void aLongVideoIsReadHoweverLongItTakes() {
        make_clip(file("long.mp4"), 160);
        MediaLimits limits;
        limits.stall_seconds = 2;
        // Every packet takes a while, all of them together longer than the limit of a stall.
        limits.watch = [](const ReadProgress&) { std::this_thread::sleep_for(std::chrono::milliseconds(20)); };
        auto reader = VideoReader::open(file("long.mp4"), limits);
        QVERIFY2(reader, reader ? "" : reader.error().message.c_str());
        QCOMPARE(reader->info().frames, int64_t{160});
    }

    void progressIsSeenAndCancelHonoured() {
        make_clip(file("watched.mp4"), 30);
        MediaLimits limits;
        int64_t seen = 0, stop_at = 1000;
        limits.watch = [&](const ReadProgress& progress) {
            seen = progress.packets;
            if (progress.packets >= stop_at) throw Cancelled();
        };
        auto reader = VideoReader::open(file("watched.mp4"), limits);
        QVERIFY(reader);
        QCOMPARE(seen, int64_t{30});
        const auto wanted = VideoReader::open(file("watched.mp4"))->frame(20);
        stop_at = 0;
        QVERIFY_THROWS_EXCEPTION(Cancelled, (void)reader->frame(20));
        stop_at = 1000;
        const auto again = reader->frame(20);  // a reader that was cancelled can be used again
        QVERIFY(again && again->rgb == wanted->rgb);
        stop_at = 10;
        QVERIFY_THROWS_EXCEPTION(Cancelled, (void)VideoReader::open(file("watched.mp4"), limits));
    }

    void countingByDecodingIsCapped() {
        REST_FFMPEG_OR_SKIP();
        QVERIFY(run_ffmpeg({"-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=3", "-c:v", "mpeg4", name("counted.avi")}));
        MediaLimits limits;
        limits.max_counted_pixels = int64_t{64} * 48 * 30;
        const auto whole = VideoReader::open(file("counted.avi"), limits);
        QVERIFY(whole);
        QCOMPARE(whole->info().frames, int64_t{30});
        --limits.max_counted_pixels;
        const auto capped = VideoReader::open(file("counted.avi"), limits);
        QVERIFY(!capped);
        QCOMPARE(capped.error().code, ErrorCode::unsupported);
        QVERIFY(capped.error().message.find("64 x 48") != std::string::npos);
    }

    void framesAreCountedByPackets_data() {
        REST_FFMPEG_OR_SKIP();
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("vp9") << "a.webm"
                             << QStringList{"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"};
        QTest::newRow("vp9 with hidden pictures")
            << "b.webm"
            << QStringList{"-c:v", "libvpx-vp9", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-cpu-used", "5"};
        QTest::newRow("vp8") << "c.webm" << QStringList{"-c:v", "libvpx", "-deadline", "realtime"};
        QTest::newRow("vp8 with hidden pictures")
            << "d.webm"
            << QStringList{"-c:v", "libvpx", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-cpu-used", "4"};
        QTest::newRow("av1") << "e.mkv" << QStringList{"-c:v", "libaom-av1", "-cpu-used", "8", "-strict", "-2"};
        QTest::newRow("av1 in mp4") << "f.mp4" << QStringList{"-c:v", "libaom-av1", "-cpu-used", "8", "-strict", "-2"};
        QTest::newRow("h264") << "g.mp4" << QStringList{"-c:v", "libx264"};
        QTest::newRow("mjpeg") << "h.avi" << QStringList{"-c:v", "mjpeg"};
        QTest::newRow("prores") << "i.mov" << QStringList{"-c:v", "prores_ks"};
    }

    void framesAreCountedByPackets() {
        REST_FFMPEG_OR_SKIP();
        QFETCH(QString, file);
        QFETCH(QStringList, options);
        const QString to = dir_.filePath(file);
        if (!run_ffmpeg(QStringList{"-f", "lavfi", "-i", "testsrc2=s=64x48:r=20:d=3"} + options + QStringList{to}))
            QSKIP("This FFmpeg cannot encode it");
        bool decoded = false;
        int64_t packets = 0;
        auto reader = VideoReader::open(to.toStdString(), watched(decoded, packets));
        QVERIFY(reader);
        QVERIFY(!decoded);
        QCOMPARE(reader->info().frames, int64_t{60});
        const std::string told = difference(to.toStdString());
        QVERIFY2(told.empty(), told.c_str());
        // Random access returns the same frames as sequential reading.
        auto forward = VideoReader::open(to.toStdString());
        std::vector<image::Image> wanted;
        for (int64_t i = 0; i < 60; ++i) wanted.push_back(*forward->frame(i));
        for (const int64_t i : {59, 3, 31, 0, 40, 17}) QVERIFY(reader->frame(i)->rgb == wanted[i].rgb);
    }

    void headersTellWhatAPacketHolds() {
        const auto bytes = [](const std::vector<uint8_t>& v) { return std::span<const uint8_t>(v); };
        QCOMPARE(vp8_pictures(bytes({0x10, 0, 0, 0x9d, 1, 0x2a, 64, 0, 48, 0})).shown, 1);
        QCOMPARE(vp8_pictures(bytes({0x01, 0, 0})).shown, 0);
        QVERIFY(!vp8_pictures(bytes({0x10, 0, 0, 1, 2, 3, 64, 0, 48, 0})).well_formed);
        QCOMPARE(vp9_pictures(bytes({0x88})).shown, 1);                          // shows an existing frame
        QCOMPARE(vp9_pictures(bytes({0x84, 0x86, 0xc1, 1, 1, 0xc1})).shown, 1);  // hidden and shown
        QVERIFY(!vp9_pictures(bytes({0x84, 0xc1, 9, 9, 0xc1})).well_formed);     // inconsistent sizes
        QVERIFY(!vp9_pictures({}).well_formed);
        QCOMPARE(av1_pictures(bytes({0x12, 0, 0x0a, 1, 0, 0x32, 1, 0x10})).shown, 1);  // a key frame
        QVERIFY(av1_pictures(bytes({0x12, 0, 0x0a, 1, 0, 0x32, 1, 0x10})).clean_start);
        QCOMPARE(av1_pictures(bytes({0x12, 0, 0x32, 1, 0x20})).shown, 0);  // hidden
        QCOMPARE(av1_pictures(bytes({0x1a, 1, 0x80})).shown, 1);           // shows an existing frame
        QVERIFY(!av1_pictures(bytes({0x32, 9, 0})).well_formed);
        QVERIFY(!av1_pictures({}).well_formed);
    }
};

REST_TEST(TestLongVideos)
#include "test_long_videos.moc"
