// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/image/view.h"
#include "core/media/frame_cache.h"
#include "core/media/picture_file.h"
#include "core/media/probe.h"
#include "tests/media/clip_maker.h"
#include "tests/media/test_pictures.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::media;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

bool equal(const std::vector<Image>& a, const std::vector<Image>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Image& x, const Image& y) { return x.width == y.width && x.rgb == y.rgb; });
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> found;
    if (!fs::exists(folder)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) found.push_back(entry.path());
    }
    return found;
}

}  // namespace

class TestFrameCache : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    fs::path file(const std::string& name) const { return fs::path(dir_.path().toStdString()) / name; }

  private Q_SLOTS:
    void keptFramesEqualFreshOnes() {
        make_clip(file("clip ä.mp4"), 30);
        const FrameCache none({.folder = {}});
        const FrameCache cache({.folder = file("frames")});
        const auto fresh = none.frames(file("clip ä.mp4"));
        QVERIFY(fresh);
        QCOMPARE(fresh->size(), size_t{8});
        QVERIFY(equal(*cache.frames(file("clip ä.mp4")), *fresh));
        QCOMPARE(entries(file("frames")).size(), size_t{1});
        const auto made = fs::last_write_time(entries(file("frames"))[0]);
        QVERIFY(equal(*cache.frames(file("clip ä.mp4")), *fresh));
        QVERIFY(fs::last_write_time(entries(file("frames"))[0]) == made);
    }

    void framesAreTheVideosSample() {
        VideoWriterSettings settings{.width = 160, .height = 120};
        make_clip(file("sample.mp4"), 25, settings);
        const auto kept = FrameCache({.folder = file("s"), .samples = 5, .short_side = 60}).frames(file("sample.mp4"));
        QVERIFY(kept);
        QCOMPARE(kept->size(), size_t{5});
        auto reader = VideoReader::open(file("sample.mp4"));
        const auto wanted = reader->frames(uniform_sample(25, 5));
        for (size_t i = 0; i < 5; ++i) {
            QCOMPARE((*kept)[i].width, 80);
            QCOMPARE((*kept)[i].height, 60);
            QVERIFY(mean_difference((*kept)[i], limit_short_side((*wanted)[i], 60)) < 2);
        }
    }

    void aChangedVideoOrSettingIsMadeAnew() {
        make_clip(file("changing.mp4"), 30);
        const FrameCacheSettings settings{.folder = file("c")};
        const auto before = *FrameCache(settings).frames(file("changing.mp4"));
        make_clip(file("changing.mp4"), 60);
        const auto after = *FrameCache(settings).frames(file("changing.mp4"));
        QVERIFY(!equal(before, after));
        QVERIFY(equal(after, *FrameCache({.folder = {}}).frames(file("changing.mp4"))));
        QCOMPARE(entries(file("c")).size(), size_t{1});
        FrameCacheSettings coarser = settings;
        coarser.jpeg_quality = 50;
        QVERIFY(!equal(after, *FrameCache(coarser).frames(file("changing.mp4"))));
        QCOMPARE(entries(file("c")).size(), size_t{2});
        QVERIFY(equal(after, *FrameCache(settings).frames(file("changing.mp4"))));
    }

    void damagedEntriesAreMadeAnew() {
        make_clip(file("kept.mp4"), 20);
        const FrameCache cache({.folder = file("d")});
        const auto wanted = *cache.frames(file("kept.mp4"));
        const fs::path entry = entries(file("d")).at(0);
        const std::string whole = read_file(entry);
        for (const size_t size : {size_t{0}, size_t{5}, size_t{20}, whole.size() / 2, whole.size() - 1}) {
            write_file_atomically(entry, whole.substr(0, size));
            QVERIFY(equal(*cache.frames(file("kept.mp4")), wanted));
            QVERIFY(read_file(entry) == whole);
        }
        std::string changed = whole;
        changed[whole.size() / 2] = static_cast<char>(changed[whole.size() / 2] ^ 1);
        write_file_atomically(entry, changed);
        QVERIFY(equal(*cache.frames(file("kept.mp4")), wanted));
        QVERIFY(read_file(entry) == whole);
    }

    void aVideoThatCannotBeReadIsNamed() {
        write_file_atomically(file("bad.mp4"), "no video");
        const auto frames = FrameCache({.folder = file("b")}).frames(file("bad.mp4"));
        QVERIFY(!frames);
        QCOMPARE(frames.error().file, file("bad.mp4").string());
        QVERIFY(entries(file("b")).empty());
        QVERIFY(!FrameCache({.folder = file("b")}).frames(file("missing.mp4")));
    }

    void severalThreadsMayAsk() {
        make_clip(file("asked.mp4"), 16);
        const FrameCache cache({.folder = file("t")});
        const auto wanted = *FrameCache({.folder = {}}).frames(file("asked.mp4"));
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                const auto frames = cache.frames(file("asked.mp4"));
                if (!frames || !equal(*frames, wanted)) ++wrong;
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(wrong.load(), 0);
        QVERIFY(equal(*cache.frames(file("asked.mp4")), wanted));
    }

    void settingsOutOfRangeAreRefused() {
        QVERIFY_THROWS_EXCEPTION(Error, FrameCache({.folder = {}, .samples = 0}));
        QVERIFY_THROWS_EXCEPTION(Error, FrameCache({.folder = {}, .jpeg_quality = 101}));
    }

    void probingTellsAndWritesTheSample() {
        make_clip(file("probed clip.mp4"), 20);
        const auto told = probe_clip(file("probed clip.mp4"), 4);
        QVERIFY(told);
        QCOMPARE(told->frames, int64_t{20});
        QCOMPARE(told->width, 96);
        QCOMPARE(told->height, 64);
        QCOMPARE(told->sampled, (std::vector<int64_t>{2, 7, 12, 17}));
        QVERIFY(probe_clip(file("probed clip.mp4"), 4, file("png")));
        auto reader = VideoReader::open(file("probed clip.mp4"));
        for (int i = 0; i < 4; ++i) {
            const Image written = read_png(file("png") / ("probed clip_" + std::to_string(i) + ".png"));
            QVERIFY(written.rgb == reader->frame(told->sampled[i])->rgb);
        }
        QCOMPARE(entries(file("png")).size(), size_t{4});
        QVERIFY(!probe_clip(file("none.mp4")));
    }
};

REST_TEST(TestFrameCache)
#include "test_frame_cache.moc"
