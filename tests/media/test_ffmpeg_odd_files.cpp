// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "tests/media/ffmpeg_program.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::media;
using namespace rest::test;
namespace fs = std::filesystem;

/// Valid but unusual files, and some invalid ones: the frames equal those that the ffmpeg program decodes, in sequence
/// and with random access.
class TestFfmpegOddFiles : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    QString file(const QString& name) const { return dir_.filePath(name); }
    fs::path path(const QString& name) const { return file(name).toStdString(); }

    bool encode(const QString& to, const QStringList& options, const QString& size = "96x64") const {
        return run_ffmpeg(QStringList{"-f", "lavfi", "-i", "testsrc2=s=" + size + ":r=10:d=3"} + options +
                          QStringList{file(to)});
    }

    void compare(const QString& name) const {
        const std::string told = difference(path(name));
        QVERIFY2(told.empty(), told.c_str());
        auto forward = VideoReader::open(path(name));
        auto random = VideoReader::open(path(name));
        QVERIFY(forward && random);
        std::vector<image::Image> wanted;
        for (int64_t i = 0; i < forward->info().frames; ++i) wanted.push_back(*forward->frame(i));
        Random draw(3);
        for (int k = 0; k < 12; ++k) {
            const auto i = static_cast<int64_t>(draw.below(static_cast<uint32_t>(wanted.size())));
            const auto image = random->frame(i);
            QVERIFY2(image && image->rgb == wanted[i].rgb, qPrintable(QString("%1, frame %2").arg(name).arg(i)));
        }
        auto sampled = VideoReader::open(path(name));
        const auto indices = uniform_sample(std::ssize(wanted));
        const auto images = sampled->frames(indices);
        QVERIFY(images);
        for (size_t i = 0; i < indices.size(); ++i) QVERIFY((*images)[i].rgb == wanted[indices[i]].rgb);
    }

  private Q_SLOTS:
    void unusual_data() {
        REST_FFMPEG_OR_SKIP();
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("options");
        const QStringList h264{"-pix_fmt", "yuv420p", "-c:v", "libx264"};
        const QStringList open{"-x264-params", "open-gop=1:keyint=10:bframes=3"};
        const QStringList hevc{"-pix_fmt", "yuv420p",      "-c:v",
                               "libx265",  "-x265-params", "open-gop=1:keyint=10:bframes=3:log-level=none"};
        QTest::newRow("open groups") << "a.mp4" << h264 + open;
        QTest::newRow("open groups in a transport stream") << "a.ts" << h264 + open;
        QTest::newRow("open groups of HEVC") << "b.mp4" << hevc;
        QTest::newRow("interlaced H.264")
            << "c.mp4" << h264 + QStringList{"-flags", "+ilme+ildct", "-x264-params", "interlaced=1"};
        QTest::newRow("interlaced MPEG-2") << "d.mpg" << QStringList{"-c:v", "mpeg2video", "-flags", "+ilme+ildct"};
        QTest::newRow("no key frames but the first")
            << "e.mp4" << h264 + QStringList{"-x264-params", "intra-refresh=1"};
        QTest::newRow("variable frame rate")
            << "f.mp4" << QStringList{"-vf", "setpts=PTS*(1+0.1*mod(N\\,3))", "-fps_mode", "vfr"} + h264;
        QTest::newRow("pixels that are not square") << "g.mp4" << QStringList{"-vf", "setsar=2/1"} + h264;
        QTest::newRow("a negative start") << "h.mkv" << QStringList{"-output_ts_offset", "-1"} + h264;
        QTest::newRow("fragments") << "i.mp4" << h264 + QStringList{"-movflags", "frag_keyframe+empty_moov"};
        QTest::newRow("packed B-frames") << "j.avi" << QStringList{"-c:v", "mpeg4", "-bf", "2"};
        QTest::newRow("no timestamps") << "k.h264" << h264;
        QTest::newRow("H.264 in AVI") << "l.avi" << h264;
        QTest::newRow("animated GIF") << "m.gif" << QStringList{};
        QTest::newRow("animated PNG") << "n.apng" << QStringList{};
        QTest::newRow("Windows Media") << "o.wmv" << QStringList{"-c:v", "wmv2"};
    }

    void unusual() {
        REST_FFMPEG_OR_SKIP();
        QFETCH(QString, name);
        QFETCH(QStringList, options);
        if (!encode(name, options)) QSKIP("This FFmpeg cannot encode it");
        compare(name);
    }

    void cutWithoutEncoding_data() {
        REST_FFMPEG_OR_SKIP();
        QTest::addColumn<QString>("codec");
        QTest::addColumn<QString>("ending");
        for (const char* codec : {"libx264", "libx265"}) {
            for (const char* ending : {"mp4", "mkv", "ts"}) QTest::addRow("%s in %s", codec, ending) << codec << ending;
        }
    }

    /// An edit list, a start before zero, pictures that depend on removed ones.
    void cutWithoutEncoding() {
        REST_FFMPEG_OR_SKIP();
        QFETCH(QString, codec);
        QFETCH(QString, ending);
        const QString parameters = codec == "libx264" ? "-x264-params" : "-x265-params";
        if (!encode("whole.mp4", {"-pix_fmt", "yuv420p", "-c:v", codec, parameters, "open-gop=1:keyint=10:bframes=3"}))
            QSKIP("This FFmpeg cannot encode it");
        const QString cut = codec + "." + ending;
        QVERIFY(run_ffmpeg({"-ss", "1.25", "-i", file("whole.mp4"), "-c", "copy", file(cut)}));
        if (!ffmpeg_pixels({path(cut)}).front().empty()) return compare(cut);
        // A transport stream cut at a key frame that needs earlier parameter sets: nothing decodes.
        const auto reader = VideoReader::open(path(cut));
        QVERIFY(!reader);
        QCOMPARE(reader.error().code, ErrorCode::damaged);
    }

    void theSizeChanges_data() {
        REST_FFMPEG_OR_SKIP();
        QTest::addColumn<QStringList>("codec");
        QTest::newRow("ts") << QStringList{"-pix_fmt", "yuv420p", "-c:v", "libx264"};
        QTest::newRow("mp4") << QStringList{"-pix_fmt", "yuv420p", "-c:v", "libx264"};
        QTest::newRow("mkv") << QStringList{"-pix_fmt", "yuv420p", "-c:v", "libx264"};
    }

    /// All frames are scaled to the size of the first.
    void theSizeChanges() {
        REST_FFMPEG_OR_SKIP();
        QFETCH(QStringList, codec);
        if (!encode("1.ts", codec, "64x48") || !encode("2.ts", codec, "96x64")) QSKIP("This FFmpeg cannot encode it");
        write_file_atomically(path("both.ts"), read_file(path("1.ts")) + read_file(path("2.ts")));
        const QString name = QString("both.") + QTest::currentDataTag();
        if (name != "both.ts") QVERIFY(run_ffmpeg({"-i", file("both.ts"), "-c", "copy", file(name)}));
        compare(name);
    }

    void aTransportStreamThatBeginsAnywhere() {
        REST_FFMPEG_OR_SKIP();
        if (!encode("whole.ts", {"-pix_fmt", "yuv420p", "-c:v", "libx264", "-g", "10"})) QSKIP("No libx264");
        write_file_atomically(path("late.ts"), read_file(path("whole.ts")).substr(size_t{188} * 20));
        compare("late.ts");
    }
};

REST_TEST(TestFfmpegOddFiles)
#include "test_ffmpeg_odd_files.moc"
