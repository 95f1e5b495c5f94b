// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/media/video_reader.h"
#include "tests/media/clip_maker.h"
#include "tests/media/test_pictures.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::media;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

std::vector<Image> all_frames(VideoReader& reader) {
    std::vector<Image> images;
    for (int64_t i = 0; i < reader.info().frames; ++i) images.push_back(*reader.frame(i));
    return images;
}

}  // namespace

class TestVideoReader : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    fs::path file(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }

    static void compareRandomOrder(const fs::path& path, const std::vector<Image>& wanted, uint64_t seed) {
        auto reader = VideoReader::open(path);
        QVERIFY(reader);
        std::vector<int64_t> order(wanted.size());
        std::iota(order.begin(), order.end(), 0);
        Random(seed).shuffle(std::span(order));
        for (const int64_t i : order) {
            const auto image = reader->frame(i);
            QVERIFY2(image, image ? "" : image.error().message.c_str());
            QVERIFY2(image->rgb == wanted[i].rgb, qPrintable(QString("frame %1").arg(i)));
        }
    }

  private Q_SLOTS:
    void samplesLieInTheMiddleOfEqualParts() {
        QCOMPARE(uniform_sample(280, 8), (std::vector<int64_t>{17, 52, 87, 122, 157, 192, 227, 262}));
        QCOMPARE(uniform_sample(3, 8), (std::vector<int64_t>{0, 0, 0, 1, 1, 2, 2, 2}));
        QCOMPARE(uniform_sample(1, 2), (std::vector<int64_t>{0, 0}));
        QVERIFY_THROWS_EXCEPTION(Error, uniform_sample(0, 8));
    }

    void framesComeInOrderWithTheirTimes() {
        VideoWriterSettings settings{.width = 96, .height = 64, .frames_per_second = 25, .quality = 10};
        const auto images = make_clip(file("Ein Weg über die Brücke.mp4"), 40, settings);
        auto reader = VideoReader::open(file("Ein Weg über die Brücke.mp4"));
        QVERIFY(reader);
        QCOMPARE(reader->info().frames, int64_t{40});
        QCOMPARE(reader->info().codec, std::string("h264"));
        QCOMPARE(reader->info().rotation, 0);
        QCOMPARE(reader->times_seconds().size(), size_t{40});
        for (int i = 0; i < 40; ++i) {
            QVERIFY(std::abs(reader->times_seconds()[i] - i / 25.0) < 1e-6);
            const Image frame = *reader->frame(i);
            // Closer to its own original than to its neighbours'.
            const double own = mean_difference(frame, images[i]);
            if (i > 0) QVERIFY(own < mean_difference(frame, images[i - 1]));
            if (i < 39) QVERIFY(own < mean_difference(frame, images[i + 1]));
        }
    }

    void seekingIsExact_data() {
        QTest::addColumn<int>("frames");
        QTest::addColumn<int>("interval");
        QTest::addColumn<QString>("preset");
        QTest::newRow("B-frames") << 100 << 12 << "medium";
        QTest::newRow("long groups") << 90 << 250 << "medium";
        QTest::newRow("short groups") << 60 << 3 << "superfast";
        QTest::newRow("no B-frames") << 50 << 12 << "ultrafast";
        QTest::newRow("one frame") << 1 << 12 << "medium";
    }

    void seekingIsExact() {
        QFETCH(int, frames);
        QFETCH(int, interval);
        QFETCH(QString, preset);
        VideoWriterSettings settings{.width = 96, .height = 64};
        settings.key_frame_interval = interval;
        settings.preset = preset.toStdString();
        const fs::path path = file(QTest::currentDataTag());
        make_clip(path, frames, settings);
        auto reader = VideoReader::open(path);
        QVERIFY(reader);
        QCOMPARE(reader->info().frames, int64_t{frames});
        const auto wanted = all_frames(*reader);
        compareRandomOrder(path, wanted, 5);
        // A list skips frames that need no decoding; the pictures stay the same, also those read afterwards.
        auto lists = VideoReader::open(path);
        const auto indices = uniform_sample(frames);
        const auto images = lists->frames(indices);
        QVERIFY(images);
        for (size_t i = 0; i < indices.size(); ++i) QVERIFY((*images)[i].rgb == wanted[indices[i]].rgb);
        for (int64_t i = indices.back(); i < frames; ++i) QVERIFY(lists->frame(i)->rgb == wanted[i].rgb);
    }

    void repeatedIndicesRepeatTheFrame() {
        make_clip(file("repeats.mp4"), 5);
        auto reader = VideoReader::open(file("repeats.mp4"));
        const std::vector<int64_t> indices{0, 0, 3, 3, 3};
        const auto images = reader->frames(indices);
        QVERIFY(images);
        QCOMPARE(images->size(), size_t{5});
        QVERIFY((*images)[0].rgb == (*images)[1].rgb);
        QVERIFY((*images)[2].rgb == (*images)[4].rgb);
        QVERIFY((*images)[0].rgb != (*images)[2].rgb);
        QVERIFY(reader->frames({})->empty());
        QVERIFY_THROWS_EXCEPTION(Error, (void)reader->frame(5));
        QVERIFY_THROWS_EXCEPTION(Error, (void)reader->frame(-1));
        const std::vector<int64_t> descending{3, 2};
        QVERIFY_THROWS_EXCEPTION(Error, (void)reader->frames(descending));
    }

    void aDamagedPacketIsCountedOut() {
        VideoWriterSettings settings{.width = 96, .height = 64, .preset = "ultrafast"};
        make_clip(file("hole.mp4"), 40, settings);
        // All bytes of a range in the middle become an impossible length.
        damage_file(file("hole.mp4"), fs::file_size(file("hole.mp4")) / 2, std::string(200, '\xff'));
        auto reader = VideoReader::open(file("hole.mp4"));
        QVERIFY(reader);
        QVERIFY(reader->info().frames < 40);
        QVERIFY(reader->info().frames > 20);
        const auto wanted = all_frames(*reader);
        QCOMPARE(static_cast<int64_t>(wanted.size()), reader->info().frames);
        compareRandomOrder(file("hole.mp4"), wanted, 6);
    }

    void damageInsidePicturesIsTheSameFromWhereverItIsRead() {
        VideoWriterSettings settings{.width = 96, .height = 64, .quality = 8};
        make_clip(file("noise.mp4"), 48, settings);
        const size_t size = fs::file_size(file("noise.mp4"));
        Random random(9);
        for (int k = 0; k < 30; ++k) {
            const char byte = static_cast<char>(random.below(256));
            damage_file(file("noise.mp4"), size / 4 + random.below(static_cast<uint32_t>(size / 3)), {&byte, 1});
        }
        auto reader = VideoReader::open(file("noise.mp4"));
        QVERIFY(reader);
        const auto wanted = all_frames(*reader);
        QVERIFY(wanted.size() > 30);
        compareRandomOrder(file("noise.mp4"), wanted, 7);
    }

    void readersOfSeveralThreadsDoNotMeet() {
        make_clip(file("shared.mp4"), 30);
        auto reader = VideoReader::open(file("shared.mp4"));
        const auto wanted = all_frames(*reader);
        std::vector<std::thread> threads;
        std::atomic<int> wrong{0};
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                auto own = VideoReader::open(file("shared.mp4"));
                for (int64_t i = t; own && i < 30; i += 4) {
                    const auto image = own->frame(29 - i);
                    if (!image || image->rgb != wanted[29 - i].rgb) ++wrong;
                }
                if (!own) ++wrong;
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(wrong.load(), 0);
    }

    void samplingIsQuick() {
        VideoWriterSettings settings{.width = 340, .height = 256, .key_frame_interval = 250};
        settings.preset = "medium";
        make_clip(file("ten seconds.mp4"), 250, settings);
        QBENCHMARK {
            auto reader = VideoReader::open(file("ten seconds.mp4"));
            QCOMPARE(reader->sample(8)->size(), size_t{8});
        }
    }
};

REST_TEST(TestVideoReader)
#include "test_video_reader.moc"
