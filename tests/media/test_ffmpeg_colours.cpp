// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "tests/media/ffmpeg_program.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

constexpr int kAtOnce = 24;  // clips per process

struct Clip {
    fs::path path;
    QStringList options;
};

void make(const std::vector<Clip>& clips) {
    const QStringList source{"-f", "lavfi", "-i", "testsrc2=s=74x58:r=5:d=0.4"};
    QStringList all = source;
    for (const Clip& clip : clips) all << clip.options << QString::fromStdString(clip.path.string());
    if (run_ffmpeg(all)) return;
    // If one cannot be encoded, the whole process fails.
    for (const Clip& clip : clips) {
        if (run_ffmpeg(source + clip.options + QStringList{QString::fromStdString(clip.path.string())})) continue;
        std::error_code ignored;
        fs::remove(clip.path, ignored);
    }
}

}  // namespace

/// Our pixels equal those of the ffmpeg program for every pixel format that each encoder here supports.
class TestFfmpegColours : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;

    std::vector<Clip> clipsOf(const QString& encoder, const QString& ending, const QStringList& formats) const {
        std::vector<Clip> clips;
        for (const QString& format : formats) {
            // The lossless ones support odd sizes too; their result does not depend on the codec.
            const bool any_size = encoder == "rawvideo" || encoder == "ffv1";
            for (const char* size : {"37:29", "32:24"}) {
                if (!any_size && std::string_view(size) != "32:24") continue;
                for (const char* range : {"", "tv", "pc"}) {
                    // Raw video in NUT does not store its range.
                    if (encoder == "rawvideo" && *range != '\0') continue;
                    const QString name = QString("%1_%2_%3_%4.%5").arg(encoder, format, size, range, ending);
                    QStringList options{"-vf", QString("scale=%1,format=%2").arg(size, format)};
                    if (*range != '\0') options << "-color_range" << range;
                    options << "-strict"
                            << "-2"
                            << "-c:v" << encoder;
                    clips.push_back({fs::path(dir_.filePath(QString(name).replace(':', 'x')).toStdString()), options});
                }
            }
        }
        return clips;
    }

  private Q_SLOTS:
    void pixelsAreThoseOfTheProgram_data() {
        REST_FFMPEG_OR_SKIP();
        QTest::addColumn<QString>("ending");
        QTest::newRow("rawvideo") << "nut";
        QTest::newRow("ffv1") << "mkv";
        QTest::newRow("libx264") << "mp4";
        QTest::newRow("libx265") << "mkv";
        QTest::newRow("libvpx-vp9") << "webm";
        QTest::newRow("prores_ks") << "mov";
        QTest::newRow("mjpeg") << "avi";
        QTest::newRow("png") << "mov";
        QTest::newRow("qtrle") << "mov";  // its palette comes once, beside the first packet
        QTest::newRow("bmp") << "avi";    // the same
        QTest::newRow("gif") << "gif";
        QTest::newRow("ffvhuff") << "avi";
        QTest::newRow("exr") << "mov";
        QTest::newRow("mpeg4") << "mp4";
        QTest::newRow("mpeg2video") << "ts";
        QTest::newRow("libtheora") << "ogv";
    }

    void pixelsAreThoseOfTheProgram() {
        REST_FFMPEG_OR_SKIP();
        QFETCH(QString, ending);
        const QString encoder = QTest::currentDataTag();
        const QStringList formats = encoder == "rawvideo" ? all_formats() : formats_of(encoder);
        if (formats.isEmpty()) QSKIP("This FFmpeg has no such encoder");
        const std::vector<Clip> clips = clipsOf(encoder, ending, formats);
        int compared = 0;
        for (size_t first = 0; first < clips.size(); first += kAtOnce) {
            const std::vector<Clip> some(clips.begin() + first,
                                         clips.begin() + std::min(first + kAtOnce, clips.size()));
            make(some);
            std::vector<fs::path> made;
            for (const Clip& clip : some) {
                std::error_code missing;
                if (fs::file_size(clip.path, missing) > 0 && !missing) made.push_back(clip.path);
            }
            if (made.empty()) continue;
            const std::vector<std::string> wanted = ffmpeg_pixels(made);
            for (size_t i = 0; i < made.size(); ++i) {
                if (wanted[i].empty()) continue;  // the program cannot convert it to RGB
                const std::string told = difference(made[i], wanted[i]);
                QVERIFY2(told.empty(), told.c_str());
                ++compared;
            }
        }
        qInfo("%s: %d clips of %lld pixel formats", qPrintable(encoder), compared,
              static_cast<long long>(formats.size()));
        QVERIFY(compared >= formats.size());
    }
};

REST_TEST(TestFfmpegColours)
#include "test_ffmpeg_colours.moc"
