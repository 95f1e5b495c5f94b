// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <array>

#include "core/base/atomic_file.h"
#include "tests/media/ffmpeg_program.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

struct Turn {
    const char* name;
    std::array<int32_t, 4> matrix;  // a, b, c, d as integers: see core/media/orientation.cpp
};
constexpr std::array<Turn, 8> kTurns{{{"as stored", {1, 0, 0, 1}},
                                      {"clockwise", {0, 1, -1, 0}},
                                      {"upside down", {-1, 0, 0, -1}},
                                      {"anticlockwise", {0, -1, 1, 0}},
                                      {"left and right", {-1, 0, 0, 1}},
                                      {"top and bottom", {1, 0, 0, -1}},
                                      {"transposed", {0, 1, 1, 0}},
                                      {"transposed the other way", {0, -1, -1, 0}}}};

void put_big_endian(std::string& bytes, size_t at, uint32_t value) {
    for (int i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(value >> (24 - 8 * i) & 0xff);
}

/// Writes the matrix into the track header of an MP4 or MOV file; false if the present one is not the identity.
bool set_matrix(std::string& bytes, const std::array<int32_t, 4>& matrix) {
    constexpr int32_t kOne = 1 << 16;
    constexpr size_t kMatrixAt = 4 + 4 + 20 + 16;  // after name, version and flags, times, layer and volume
    const size_t at = bytes.find("tkhd");
    if (at == std::string::npos || bytes.substr(at + kMatrixAt, 4) != std::string("\0\1\0\0", 4)) return false;
    const auto put = [&](size_t place, int32_t whole) {
        put_big_endian(bytes, at + kMatrixAt + 4 * place, static_cast<uint32_t>(whole * kOne));
    };
    put(0, matrix[0]);
    put(1, matrix[1]);
    put(3, matrix[2]);
    put(4, matrix[3]);
    return true;
}

/// Exif that contains only an orientation, 1 to 8, as a segment of a JPEG.
std::string exif_segment(char orientation) {
    std::string exif("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 24);
    exif += orientation;
    exif += std::string(7, '\0');
    std::string segment("\xff\xe1", 2);
    segment += '\0';
    segment += static_cast<char>(exif.size() + 2);
    return segment + exif;
}

}  // namespace

class TestFfmpegTurns : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    QString file(const QString& name) const { return dir_.filePath(name); }
    static fs::path path(const QString& name) { return name.toStdString(); }

    bool encode(const QString& to, const QStringList& options, const QString& size = "38x30") const {
        return run_ffmpeg(QStringList{"-f", "lavfi", "-i", "testsrc2=s=" + size + ":r=5:d=1"} + options +
                          QStringList{to});
    }

  private Q_SLOTS:
    void containerMatrices_data() {
        REST_FFMPEG_OR_SKIP();
        QTest::addColumn<QString>("codec");
        // Formats with different horizontal and vertical chroma subsampling, and formats that must be converted before
        // they are rotated.
        for (const char* format : {"yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "gray"})
            QTest::newRow(format) << "libx264";
        for (const char* format : {"rgb24", "pal8", "rgb48be", "monob"}) QTest::newRow(format) << "png";
        QTest::newRow("uyvy422") << "rawvideo";
        QTest::newRow("yuvj422p") << "mjpeg";
        QTest::newRow("yuv422p10le") << "prores_ks";
    }

    void containerMatrices() {
        REST_FFMPEG_OR_SKIP();
        QFETCH(QString, codec);
        const QString format = QTest::currentDataTag();
        for (const char* size : {"38x30", "37x29"}) {
            const QString plain = file(format + "_" + size + ".mov");
            if (!encode(plain, {"-pix_fmt", format, "-strict", "-2", "-c:v", codec}, size)) {
                if (*size == '3' && size[1] == '7') continue;  // codecs that support even sizes only
                QSKIP("This FFmpeg cannot encode it");
            }
            for (const Turn& turn : kTurns) {
                std::string bytes = read_file(path(plain));
                QVERIFY(set_matrix(bytes, turn.matrix));
                const fs::path turned = path(file(format + " " + turn.name + ".mov"));
                write_file_atomically(turned, bytes);
                const std::string told = difference(turned);
                QVERIFY2(told.empty(), told.c_str());
            }
        }
    }

    void displayOrientationInTheStream_data() {
        REST_FFMPEG_OR_SKIP();
        QTest::addColumn<QString>("ending");
        QTest::newRow("mp4") << "mp4";
        QTest::newRow("mkv") << "mkv";
        QTest::newRow("ts") << "ts";
    }

    void displayOrientationInTheStream() {
        REST_FFMPEG_OR_SKIP();
        QFETCH(QString, ending);
        const QString plain = file("plain." + ending);
        if (!encode(plain, {"-pix_fmt", "yuv420p", "-g", "3", "-c:v", "libx264"})) QSKIP("This FFmpeg has no libx264");
        // Sent once per group of pictures and valid until changed. The program itself forgets it after one frame and
        // scales the others to that frame's size, so its filters are the reference.
        const std::pair<const char*, const char*> turns[] = {{"rotate=90", "transpose=cclock"},
                                                             {"rotate=180", "hflip,vflip"},
                                                             {"rotate=270", "transpose=clock"},
                                                             {"rotate=0:flip=horizontal", "hflip"},
                                                             {"rotate=0:flip=vertical", "vflip"}};
        for (const auto& [turn, filter] : turns) {
            const QString turned = file("turned." + ending), wanted = file("wanted.nut");
            QVERIFY(run_ffmpeg({"-i", plain, "-c", "copy", "-bsf:v",
                                QString("h264_metadata=display_orientation=insert:") + turn, turned}));
            QVERIFY(run_ffmpeg({"-i", plain, "-vf", filter, "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-c:v",
                                "rawvideo", wanted}));
            const std::string told = difference(path(turned), ffmpeg_pixels({path(wanted)}).front());
            QVERIFY2(told.empty(), (std::string(turn) + ": " + told).c_str());
        }
        // With random access, not only from the start.
        auto forward = media::VideoReader::open(path(file("turned." + ending)));
        auto single = media::VideoReader::open(path(file("turned." + ending)));
        QVERIFY(forward && single);
        const auto last = forward->info().frames - 1;
        for (int64_t i = 0; i < last; ++i) QVERIFY(forward->frame(i));
        QVERIFY(forward->frame(last)->rgb == single->frame(last)->rgb);
        QCOMPARE(single->frame(last)->width, single->info().width);
    }

    void orientationOfJpegs() {
        REST_FFMPEG_OR_SKIP();
        QVERIFY(encode(file("%d.jpg"), {"-pix_fmt", "yuvj420p", "-c:v", "mjpeg"}, "38x28"));
        for (char orientation = 1; orientation <= 8; ++orientation) {
            std::string stream;
            for (int i = 1; i <= 5; ++i) {
                const std::string jpeg = read_file(path(file(QString("%1.jpg").arg(i))));
                stream += jpeg.substr(0, 2) + exif_segment(orientation) + jpeg.substr(2);
            }
            write_file_atomically(path(file("stream.mjpeg")), stream);
            const QString turned = file(QString("exif%1.mov").arg(int{orientation}));
            QVERIFY(run_ffmpeg({"-f", "mjpeg", "-i", file("stream.mjpeg"), "-c", "copy", turned}));
            const std::string told = difference(path(turned));
            QVERIFY2(told.empty(), told.c_str());
            const auto reader = media::VideoReader::open(path(turned));
            QVERIFY(reader);
            QCOMPARE(reader->info().width, orientation >= 5 ? 28 : 38);
        }
    }
};

REST_TEST(TestFfmpegTurns)
#include "test_ffmpeg_turns.moc"
