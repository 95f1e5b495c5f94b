// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <numeric>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/media/video_reader.h"
#include "tests/media/clip_maker.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::media;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

Expected<VideoReader> opened(const fs::path& path, int threads) {
    return VideoReader::open(path, {.threads = threads});
}

std::vector<Image> all_frames_of(VideoReader& reader) {
    std::vector<Image> images;
    for (int64_t i = 0; i < reader.info().frames; ++i) {
        auto image = reader.frame(i);
        images.push_back(image ? std::move(*image) : Image());
    }
    return images;
}

/// How many pictures of the list differ from the expected ones; -1 if the list cannot be read.
int wrong_frames(VideoReader& reader, const std::vector<int64_t>& indices, const std::vector<Image>& wanted) {
    const auto images = reader.frames(indices);
    if (!images || images->size() != indices.size()) return -1;
    int wrong = 0;
    for (size_t i = 0; i < indices.size(); ++i) wrong += (*images)[i].rgb != wanted[indices[i]].rgb;
    return wrong;
}

/// A sorted list of up to twelve frames, close together or far apart.
std::vector<int64_t> some_frames(int64_t frames, Random& random) {
    std::vector<int64_t> indices(1 + random.below(12));
    const auto span = 1 + random.below(static_cast<uint32_t>(frames));
    const auto first = random.below(static_cast<uint32_t>(frames) - span + 1);
    for (int64_t& index : indices) index = first + random.below(span);
    std::sort(indices.begin(), indices.end());
    return indices;
}

int64_t threads_now() {
    return std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator());
}

}  // namespace

class TestVideoThreads : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    fs::path file(const std::string& name) const { return fs::path(dir_.path().toStdString()) / name; }

    /// Frames in sequence, lists, and frames in between, all by one reader.
    static void compareWithOneThread(const fs::path& path, int threads, uint64_t seed) {
        auto one = opened(path, 1), several = opened(path, threads);
        QVERIFY(one && several);
        QCOMPARE(several->info().frames, one->info().frames);
        const auto wanted = all_frames_of(*one);
        std::vector<int64_t> every(wanted.size());
        std::iota(every.begin(), every.end(), 0);
        QCOMPARE(wrong_frames(*several, every, wanted), 0);
        QCOMPARE(wrong_frames(*several, uniform_sample(one->info().frames), wanted), 0);
        Random random(seed);
        for (int k = 0; k < 12; ++k) {
            const auto indices = some_frames(one->info().frames, random);
            QCOMPARE(wrong_frames(*several, indices, wanted), 0);
            QCOMPARE(wrong_frames(*one, indices, wanted), 0);
            for (int64_t i = indices.back(); i < std::min(indices.back() + 3, one->info().frames); ++i) {
                QCOMPARE(wrong_frames(*several, {i}, wanted), 0);
            }
        }
    }

    /// Two readers agree. FFmpeg decides how damage is concealed, but it must be deterministic.
    static void compareDamaged(const fs::path& path, int threads) {
        for (int turn = 0; turn < 3; ++turn) {
            auto one = opened(path, 1), several = opened(path, threads);
            QCOMPARE(several.has_value(), one.has_value());
            if (!one) {
                QCOMPARE(several.error().message, one.error().message);
                return;
            }
            const auto wanted = one->sample(), sampled = several->sample();
            QCOMPARE(sampled.has_value(), wanted.has_value());
            QCOMPARE(several->info().frames, one->info().frames);
            if (!wanted) QCOMPARE(sampled.error().message, wanted.error().message);
            for (size_t i = 0; wanted && i < wanted->size(); ++i) QVERIFY((*sampled)[i].rgb == (*wanted)[i].rgb);
            const auto all = all_frames_of(*one), all_of_several = all_frames_of(*several);
            for (size_t i = 0; i < all.size(); ++i) QVERIFY(all[i].rgb == all_of_several[i].rgb);
        }
    }

  private Q_SLOTS:
    void theFramesAreTheSame_data() {
        QTest::addColumn<int>("frames");
        QTest::addColumn<int>("interval");
        QTest::addColumn<QString>("preset");
        QTest::newRow("B-frames") << 70 << 12 << "medium";
        QTest::newRow("one long group") << 90 << 250 << "slow";
        QTest::newRow("short groups") << 40 << 3 << "superfast";
        QTest::newRow("no B-frames") << 50 << 20 << "ultrafast";
        QTest::newRow("fewer frames than threads") << 2 << 12 << "medium";
    }

    void theFramesAreTheSame() {
        QFETCH(int, frames);
        QFETCH(int, interval);
        QFETCH(QString, preset);
        VideoWriterSettings settings{.width = 96, .height = 64, .quality = 12};
        settings.key_frame_interval = interval;
        settings.preset = preset.toStdString();
        const fs::path path = file(QTest::currentDataTag());
        make_clip(path, frames, settings);
        for (const int threads : {0, 2, 3, 4, 16, 1000}) {
            compareWithOneThread(path, threads, static_cast<uint64_t>(threads));
            if (QTest::currentTestFailed()) return;
        }
    }

    void damageIsTheSame_data() {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<QString>("preset");
        QTest::newRow("one byte") << 1 << "medium";
        QTest::newRow("some bytes") << 4 << "medium";
        QTest::newRow("many bytes") << 30 << "medium";
        QTest::newRow("no B-frames") << 2 << "ultrafast";
    }

    void damageIsTheSame() {
        QFETCH(int, bytes);
        QFETCH(QString, preset);
        VideoWriterSettings settings{.width = 96, .height = 64, .quality = 8};
        settings.preset = preset.toStdString();
        const fs::path whole = file("whole"), damaged = file("damaged");
        make_clip(whole, 48, settings);
        const auto size = static_cast<uint32_t>(fs::file_size(whole));
        Random random(static_cast<uint64_t>(bytes));
        for (int k = 0; k < 25; ++k) {
            fs::copy_file(whole, damaged, fs::copy_options::overwrite_existing);
            for (int b = 0; b < bytes; ++b) {
                const char byte = static_cast<char>(random.below(256));
                damage_file(damaged, 48 + random.below(size * 3 / 4), {&byte, 1});
            }
            compareDamaged(damaged, 2 + k % 4);
            if (QTest::currentTestFailed()) return;
        }
    }

    void aHoleIsTheSame() {
        VideoWriterSettings settings{.width = 96, .height = 64, .preset = "ultrafast"};
        make_clip(file("hole.mp4"), 40, settings);
        damage_file(file("hole.mp4"), fs::file_size(file("hole.mp4")) / 2, std::string(200, '\xff'));
        compareDamaged(file("hole.mp4"), 4);
    }

    void cutFilesAreTheSame() {
        make_clip(file("whole.mp4"), 30);
        const std::string whole = read_file(file("whole.mp4"));
        for (const double part : {0.01, 0.5, 0.9, 0.99}) {
            write_file_atomically(file("cut.mp4"), whole.substr(0, static_cast<size_t>(whole.size() * part)));
            compareDamaged(file("cut.mp4"), 4);
            if (QTest::currentTestFailed()) return;
        }
    }

    void timeIsUpForSeveralThreadsToo() {
        VideoWriterSettings settings{.width = 640, .height = 480, .key_frame_interval = 250};
        make_clip(file("late.mp4"), 60, settings);
        const auto wanted = opened(file("late.mp4"), 1)->sample();
        QVERIFY(wanted);
        bool done = false;
        for (double seconds = 0.0005; !done; seconds *= 1.5) {
            auto reader = VideoReader::open(file("late.mp4"), {.stall_seconds = seconds, .threads = 4});
            for (int turn = 0; reader && turn < 2; ++turn) {  // a reader whose time ran out can be used again
                const auto images = reader->sample();
                if (!images) {
                    QCOMPARE(images.error().code, ErrorCode::damaged);
                    QVERIFY(images.error().message.find("seconds") != std::string::npos);
                    continue;
                }
                for (size_t i = 0; i < images->size(); ++i) QVERIFY((*images)[i].rgb == (*wanted)[i].rgb);
                done = true;
            }
            if (!reader) QVERIFY(reader.error().message.find("seconds") != std::string::npos);
            QVERIFY(seconds < 60);
        }
    }

    void onlySoundClipsUseThem() {
        QVERIFY(threads_for_one_clip() >= 1);
        VideoWriterSettings settings{.width = 96, .height = 64, .preset = "ultrafast"};
        make_clip(file("sound.mp4"), 20, settings);
        const auto before = threads_now();
        {
            auto reader = opened(file("sound.mp4"), 3);
            QVERIFY(reader && reader->sample());
            QCOMPARE(threads_now(), before + 3);
            auto alone = opened(file("sound.mp4"), 1);
            QVERIFY(alone && alone->sample());
            QCOMPARE(threads_now(), before + 3);
        }
        QCOMPARE(threads_now(), before);
        damage_file(file("sound.mp4"), fs::file_size(file("sound.mp4")) / 2, std::string(200, '\xff'));
        auto reader = opened(file("sound.mp4"), 3);
        QVERIFY(reader && reader->sample());
        QCOMPARE(threads_now(), before);
    }
};

REST_TEST(TestVideoThreads)
#include "test_video_threads.moc"
