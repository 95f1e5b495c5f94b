// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/media/video_reader.h"
#include "tests/media/clip_maker.h"
#include "tests/media/test_pictures.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::media;
using namespace rest::test;
namespace fs = std::filesystem;

class TestVideoWriter : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    fs::path file(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }

  private Q_SLOTS:
    void coloursSurviveTheRoundTrip() {
        VideoWriterSettings settings{.width = 128, .height = 96, .quality = 12};
        const auto images = make_clip(file("colours.mp4"), 10, settings);
        auto reader = VideoReader::open(file("colours.mp4"));
        QVERIFY(reader);
        double red = 0;
        for (int i = 0; i < 10; ++i) {
            const auto frame = reader->frame(i);
            QVERIFY(frame);
            QVERIFY2(mean_difference(*frame, images[i]) < 3,
                     qPrintable(QString::number(mean_difference(*frame, images[i]))));
            for (size_t at = 0; at < frame->rgb.size(); at += 3) red += frame->rgb[at] - images[i].rgb[at];
        }
        // No overall colour shift, as another matrix or range would cause.
        QVERIFY(std::abs(red / (10 * 128 * 96)) < 1.5);
    }

    void theSameFramesGiveTheSameBytes() {
        make_clip(file("one.mp4"), 20);
        make_clip(file("two.mp4"), 20);
        const std::string one = read_file(file("one.mp4"));
        QVERIFY(!one.empty());
        QVERIFY(one == read_file(file("two.mp4")));
    }

    void settingsReachTheFile() {
        VideoWriterSettings settings{.width = 64, .height = 48, .frames_per_second = 7.5, .comment = "seed 7"};
        make_clip(file("rate.mp4"), 15, settings);
        QVERIFY(read_file(file("rate.mp4")).find("seed 7") != std::string::npos);
        auto reader = VideoReader::open(file("rate.mp4"));
        QVERIFY(reader);
        QVERIFY(std::abs(reader->info().frames_per_second - 7.5) < 0.01);
        QVERIFY(std::abs(reader->info().duration_seconds - 2) < 0.01);
        QCOMPARE(reader->info().width, 64);
        QCOMPARE(reader->info().height, 48);
        QVERIFY(!reader->info().variable_frame_rate);
    }

    void anUnfinishedClipLeavesNothing() {
        {
            VideoWriter writer(file("unfinished.mp4"), {.width = 32, .height = 32});
            writer.add(moving_scene(32, 32, 0));
        }
        for (const auto& entry : fs::directory_iterator(dir_.path().toStdString())) {
            QVERIFY(entry.path().filename().string().find("unfinished") == std::string::npos);
        }
    }

    void wrongUseIsRefused() {
        QVERIFY_THROWS_EXCEPTION(Error, VideoWriter(file("odd.mp4"), {.width = 33, .height = 32}));
        QVERIFY_THROWS_EXCEPTION(Error, VideoWriter(file("none.mp4"), {}));
        QVERIFY_THROWS_EXCEPTION(Error, VideoWriter(file("x.mp4"), {.width = 32, .height = 32, .preset = "hurry"}));
        VideoWriter writer(file("size.mp4"), {.width = 32, .height = 32});
        QVERIFY_THROWS_EXCEPTION(Error, writer.add(Image(16, 16)));
        QVERIFY_THROWS_EXCEPTION(Error, writer.finish());
        try {
            VideoWriter nowhere(file("no such folder") / "clip.mp4", {.width = 32, .height = 32});
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::io);
            QVERIFY(std::string(e.what()).find("no such folder") != std::string::npos);
            QVERIFY(!e.remedy().empty());
        }
    }

    void demoClipsAreQuick() {
        std::vector<Image> images;
        for (int i = 0; i < 36; ++i) images.push_back(moving_scene(192, 144, i));
        QBENCHMARK {
            VideoWriter writer(file("quick.mp4"), {.width = 192, .height = 144});
            for (const Image& image : images) writer.add(image);
            writer.finish();
        }
        QVERIFY(fs::exists(file("quick.mp4")));
    }
};

REST_TEST(TestVideoWriter)
#include "test_video_writer.moc"
