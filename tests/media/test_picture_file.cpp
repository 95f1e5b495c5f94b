// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <fstream>

#include "core/base/atomic_file.h"
#include "core/media/picture_file.h"
#include "tests/media/test_pictures.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::media;
using namespace rest::test;

class TestPictureFile : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    std::filesystem::path file(const char* name) const {
        return std::filesystem::path(dir_.path().toStdString()) / name;
    }

  private Q_SLOTS:
    void pngLosesNothing() {
        const Image image = noise(37, 23, 1);
        write_png(file("Übung eins.png"), image);
        const Image back = read_png(file("Übung eins.png"));
        QCOMPARE(back.width, 37);
        QCOMPARE(back.height, 23);
        QVERIFY(back.rgb == image.rgb);
    }

    void greyAndTransparentPngsGiveTheirColours() {
        // Not written by libpng: 2 x 1 pixels, grey 10 and 200; and red at alpha 0, green at alpha 128.
        const QByteArray grey = QByteArray::fromBase64(
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGPgOgEAAN8A00shpUkAAAAASUVORK5CYII=");
        std::ofstream(file("grey.png"), std::ios::binary).write(grey.data(), grey.size());
        QVERIFY((read_png(file("grey.png")).rgb == std::vector<uint8_t>{10, 10, 10, 200, 200, 200}));
        const QByteArray clear = QByteArray::fromBase64(
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAD0lEQVR4nGP4zwAE/xkaAAt+An+rqPSSAAAAAElFTkSuQmCC");
        std::ofstream(file("clear.png"), std::ios::binary).write(clear.data(), clear.size());
        QVERIFY((read_png(file("clear.png")).rgb == std::vector<uint8_t>{255, 0, 0, 0, 255, 0}));
    }

    void aDamagedPngIsNamed() {
        write_png(file("whole.png"), noise(40, 40, 2));
        write_file_atomically(file("cut.png"), read_file(file("whole.png")).substr(0, 900));
        try {
            read_png(file("cut.png"));
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::damaged);
            QVERIFY(std::string(e.what()).find("cut.png") != std::string::npos);
        }
        QVERIFY_THROWS_EXCEPTION(Error, read_png(file("none.png")));
    }

    void jpegKeepsThePicture() {
        const Image image = moving_scene(120, 90, 7);
        const Expected<Image> fine = decode_jpeg(encode_jpeg(image, 95));
        QVERIFY(fine);
        QVERIFY(mean_difference(*fine, image) < 1.5);
        const Expected<Image> coarse = decode_jpeg(encode_jpeg(image, 20));
        QVERIFY(mean_difference(*coarse, image) > mean_difference(*fine, image));
        QVERIFY(encode_jpeg(image, 95) == encode_jpeg(image, 95));
    }

    void thinColouredLinesKeepTheirColour() {
        Image image(64, 64);
        for (int y = 0; y < 64; ++y) image.row(y)[3 * 31] = 255;
        const Image back = *decode_jpeg(encode_jpeg(image, 95));
        QVERIFY(back.row(20)[3 * 31] > 220);
        QVERIFY(back.row(20)[3 * 31 + 1] < 40);
        QVERIFY(back.row(20)[3 * 30] < 40);
    }

    void aDamagedJpegIsAProblem() {
        const auto bytes = encode_jpeg(noise(64, 48, 3), 90);
        for (const size_t size : {size_t{0}, size_t{1}, size_t{100}, bytes.size() / 2, bytes.size() - 20}) {
            const auto problem = decode_jpeg(std::span(bytes).first(size));
            QVERIFY(!problem);
            QCOMPARE(problem.error().code, ErrorCode::damaged);
        }
        const auto large = decode_jpeg(bytes, 64 * 48 - 1);
        QVERIFY(!large);
        QCOMPARE(large.error().code, ErrorCode::unsupported);
        QVERIFY_THROWS_EXCEPTION(Error, encode_jpeg(Image(), 90));
    }
};

REST_TEST(TestPictureFile)
#include "test_picture_file.moc"
