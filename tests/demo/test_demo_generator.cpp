// SPDX-License-Identifier: GPL-3.0-or-later
// The clips that the demo world writes, read back.
#include <QtTest/QtTest>

#include <atomic>
#include <map>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/demo/world/actions.h"
#include "core/demo/world/generator.h"
#include "core/media/video_reader.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::demo;
namespace fs = std::filesystem;

namespace {

WorldSettings small_world() {
    return {.seed = 3, .train_per_class = 2, .val_per_class = 1, .width = 96, .height = 72, .seconds = 1};
}

std::map<fs::path, std::string> clips_in(const fs::path& folder) {
    std::map<fs::path, std::string> clips;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().extension() == ".mp4") {
            clips[fs::relative(entry.path(), folder)] = read_file(entry.path());
        }
    }
    return clips;
}

/// Cancels itself after some clips, and keeps what was logged.
class WatchedTask final : public Task {
  public:
    explicit WatchedTask(int64_t cancel_after = -1) : Task(control), cancel_after_(cancel_after) {}
    TaskControl control;
    std::string logged;
    int64_t total = 0;

  private:
    void on_progress(const Progress& progress) override {
        total = progress.total;
        if (cancel_after_ >= 0 && progress.done >= cancel_after_) control.cancel();
    }
    void on_log(LogLevel, const std::string& text) override { logged += text + "\n"; }
    int64_t cancel_after_;
};

}  // namespace

class TestDemoGenerator : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path world_;

  private Q_SLOTS:
    void initTestCase() {
        world_ = fs::path(dir_.path().toStdString()) / "world";
        SilentTask task;
        generate_world(world_, small_world(), task);
    }

    void everyClassHasItsClipsAndNovelOnesAreInValOnly() {
        size_t expected = 0;
        for (const auto& action : demo_actions()) {
            const int train = action.novel ? 0 : 2;
            QCOMPARE(fs::exists(world_ / "train" / action.class_name), train > 0);
            for (int i = 0; i < 3; ++i) {
                const auto name = "00" + std::to_string(i) + ".mp4";
                QCOMPARE(fs::exists(world_ / "train" / action.class_name / name), i < train);
                QCOMPARE(fs::exists(world_ / "val" / action.class_name / name), i < 1);
            }
            expected += train + 1;
        }
        QCOMPARE(clips_in(world_).size(), expected);
    }

    void aReadmeSaysWhatItIs() {
        const auto text = read_file(world_ / "README.txt");
        QVERIFY(text.find("drawn by REST Studio") != std::string::npos);
        QVERIFY(text.find("no real people") != std::string::npos);
    }

    void clipsAreAsLongAndLargeAsAskedFor() {
        for (const auto& [name, bytes] : clips_in(world_)) {
            auto reader = media::VideoReader::open(world_ / name);
            QVERIFY2(reader.has_value(), name.c_str());
            const auto& info = reader->info();
            QCOMPARE(info.frames, int64_t{12});
            QCOMPARE(info.width, 96);
            QCOMPARE(info.height, 72);
            QCOMPARE(info.codec, std::string("h264"));
            QVERIFY(std::abs(info.duration_seconds - 1) < 0.1);
            QVERIFY(std::abs(info.frames_per_second - 12) < 0.1);
        }
    }

    void aReadFrameShowsWhatWasDrawn() {
        auto reader = media::VideoReader::open(world_ / "train" / demo_actions()[0].class_name / "000.mp4");
        QVERIFY(reader.has_value());
        const auto indices = media::uniform_sample(reader->info().frames, 4);
        const auto frames = reader->frames(indices);
        QVERIFY(frames.has_value());
        const auto drawn = sample_frames(draw_scene(3, 0, 0), 4, 96, 72, small_world());
        for (size_t f = 0; f < drawn.size(); ++f) {
            double sum = 0;
            for (size_t i = 0; i < drawn[f].rgb.size(); ++i)
                sum += std::abs(int{drawn[f].rgb[i]} - int{(*frames)[f].rgb[i]});
            QVERIFY(sum / static_cast<double>(drawn[f].rgb.size()) < 8);  // allowed loss of the codec
        }
    }

    void theSameSeedGivesTheSameBytes() {
        const auto again = fs::path(dir_.path().toStdString()) / "again";
        SilentTask task;
        generate_world(again, small_world(), task);
        QVERIFY(clips_in(again) == clips_in(world_));
    }

    void cancellingLeavesWholeClipsAndTheNextCallGoesOn() {
        const auto folder = fs::path(dir_.path().toStdString()) / "cancelled";
        WatchedTask first(1);
        QVERIFY_THROWS_EXCEPTION(Cancelled, generate_world(folder, small_world(), first));
        const auto begun = clips_in(folder), whole = clips_in(world_);
        QVERIFY(!begun.empty());
        QVERIFY(begun.size() < whole.size());
        for (const auto& [name, bytes] : begun) QVERIFY2(whole.at(name) == bytes, name.c_str());
        WatchedTask second;
        generate_world(folder, small_world(), second);
        QCOMPARE(second.total, static_cast<int64_t>(whole.size()));
        QVERIFY(clips_in(folder) == whole);
        QVERIFY(second.logged.find("Kept " + std::to_string(begun.size())) != std::string::npos);
    }

    void anotherWorldIsNotOverwritten() {
        auto other = small_world();
        other.seed = 4;
        SilentTask task;
        try {
            generate_world(world_, other, task);
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::invalid_argument);
            QVERIFY(std::string(e.what()).find(world_.string()) != std::string::npos);
        }
    }

    void senselessSettingsAreRefused() {
        auto odd = small_world();
        odd.width = 97;
        SilentTask task;
        QVERIFY_THROWS_EXCEPTION(Error, generate_world(world_ / "odd", odd, task));
        auto none = small_world();
        none.seconds = 0;
        QVERIFY_THROWS_EXCEPTION(Error, generate_world(world_ / "none", none, task));
        QVERIFY(!fs::exists(world_ / "odd"));
    }
};

REST_TEST(TestDemoGenerator)
#include "test_demo_generator.moc"
