// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <cmath>
#include <sstream>

#include "tests/media/ffmpeg_program.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::media;
using namespace rest::test;
namespace fs = std::filesystem;

/// Of several video streams, we choose the same one as the ffmpeg program.
class TestFfmpegStreams : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    QString file(const QString& name) const { return dir_.filePath(name); }
    static fs::path kept(const char* name) { return test::source_dir() / "tests/cases/media" / name; }

    /// A file with the streams "small", "large" and "picture", in the given order.
    bool makeStreams(const QString& to, const QStringList& order, const QStringList& options) const {
        QStringList arguments;
        for (const char* size : {"40x30", "80x60", "160x120"})
            arguments << "-f"
                      << "lavfi"
                      << "-i" << QString("testsrc2=s=%1:r=5:d=0.6").arg(size);
        for (const QString& stream : order)
            arguments << "-map" << (stream == "small" ? "0" : stream == "large" ? "1" : "2");
        arguments << "-c:v"
                  << "mpeg4";
        for (int i = 0; i < order.size(); ++i) {
            if (order[i] == "picture")
                arguments << QString("-c:v:%1").arg(i) << "mjpeg" << QString("-frames:v:%1").arg(i) << "1";
        }
        return run_ffmpeg(arguments + options + QStringList{to});
    }

  private Q_SLOTS:
    void keptCases_data() {
        QTest::addColumn<int>("frames");
        for (const char* name : {"thumb_first.mp4", "thumb_first.mov", "thumb_first.mkv", "cover_first.mp4"})
            QTest::newRow(name) << 30;
    }

    /// Needs no ffmpeg program: its results are written here.
    void keptCases() {
        QFETCH(int, frames);
        const auto reader = VideoReader::open(kept(QTest::currentDataTag()));
        QVERIFY(reader);
        QCOMPARE(reader->info().frames, int64_t{frames});
        QCOMPARE(reader->info().width, 96);
        QCOMPARE(reader->info().height, 64);
    }

    void theChoiceIsTheProgram_s_data() {
        REST_FFMPEG_OR_SKIP();
        QTest::addColumn<QStringList>("order");
        const QStringList names{"small", "large", "picture"};
        for (const QString& a : names) {
            for (const QString& b : names) QTest::addRow("%s, %s", qPrintable(a), qPrintable(b)) << QStringList{a, b};
        }
        QTest::newRow("small, picture, large") << QStringList{"small", "picture", "large"};
    }

    void theChoiceIsTheProgram_s() {
        REST_FFMPEG_OR_SKIP();
        QFETCH(QStringList, order);
        const QList<QStringList> marks{{},
                                       {"-disposition:v", "0", "-disposition:v:0", "default"},
                                       {"-disposition:v", "0", "-disposition:v:1", "default"}};
        for (const QString& ending : {QString("mp4"), QString("mkv"), QString("nut")}) {
            for (const QStringList& mark : marks) {
                const QString to = file("streams." + ending);
                QVERIFY(makeStreams(to, order, mark));
                const std::string told = difference(to.toStdString());
                QVERIFY2(told.empty(), told.c_str());
                if (ending == "nut") break;
            }
        }
    }

    void theLogSaysSo() {
        std::ostringstream heard;
        const auto before = spdlog::default_logger();
        spdlog::set_default_logger(
            std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(heard)));
        const auto several = VideoReader::open(kept("thumb_first.mkv"));
        const auto one = VideoReader::open(kept("cover_first.mp4"));
        spdlog::set_default_logger(before);
        QVERIFY(several && one);
        const std::string text = heard.str();
        QVERIFY2(text.find("thumb_first.mkv: stream 1 of 2 video streams (h264, 96 x 64)") != std::string::npos,
                 text.c_str());
        QVERIFY(text.find("cover_first") == std::string::npos);
    }

    void greyOfManyBitsIsFullRange() {
        // Its first row is a ramp: pixel x of 96 stores floor(x * 1023 / 95).
        auto reader = VideoReader::open(kept("gray10_ffv1.mkv"));
        QVERIFY(reader);
        const auto image = reader->frame(0);
        QVERIFY(image);
        // FFmpeg's scaler is up to 1.23 grey levels from the exact value here; limited range would be 9 on average.
        for (int x = 0; x < 96; ++x) QVERIFY(std::abs(image->row(0)[3 * x] - (x * 1023 / 95) * 255.0 / 1023) <= 1.25);
    }
};

REST_TEST(TestFfmpegStreams)
#include "test_ffmpeg_streams.moc"
