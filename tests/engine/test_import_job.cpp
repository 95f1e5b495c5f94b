// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/parallel.h"
#include "tests/engine/clip_world.h"
#include "tests/engine/recorder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

namespace {

constexpr int kWidth = ClipWorld::kWidth, kHeight = ClipWorld::kHeight, kFrames = ClipWorld::kFrames;

std::string class_of(const ClipWorld& world, const store::VideoRecord& video) {
    return video.label < 0 ? "" : world.classes().at(video.label);
}

}  // namespace

class TestImportJob : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void storesWhatIsThereAndWhatIsDamaged() {
        ClipWorld world;
        world.fill();
        Recorder recorder;
        QCOMPARE(world.import(recorder.listener()), std::string("6 clips, 2 classes, 1 cannot be read"));
        const auto videos = world.videos();
        QCOMPARE(videos.size(), size_t{6});
        QCOMPARE(world.classes(), (std::vector<std::string>{"rowing", "tai chi"}));
        for (const auto& [name, video] : videos) {
            QCOMPARE(class_of(world, video),
                     std::string(name.find("rowing") != std::string::npos ? "rowing" : "tai chi"));
            QCOMPARE(video.split, name.starts_with("val") ? dataset::Split::val : dataset::Split::train);
            QCOMPARE(fs::path(video.path), fs::canonical(world.data()) / name);
            QCOMPARE(video.file_bytes, static_cast<int64_t>(fs::file_size(video.path)));
            QVERIFY(video.file_time_ns > 0);
            const bool broken = name.find("broken") != std::string::npos;
            QCOMPARE(video.problem.empty(), !broken);
            QCOMPARE(video.frames, int64_t{broken ? 0 : name == "val/tai_chi/e.mp4" ? 3 : kFrames});
            QCOMPARE(video.width, broken ? 0 : kWidth);
            QCOMPARE(video.height, broken ? 0 : kHeight);
        }
        QVERIFY(!recorder.all<VideosChanged>(1).empty());
        QCOMPARE(recorder.progress(1).back().done, 6);
        QCOMPARE(recorder.progress(1).back().total, 6);
        const auto logs = recorder.logs(1);
        QVERIFY(std::any_of(logs.begin(), logs.end(),
                            [](const auto& l) { return l.find("broken.mp4") != std::string::npos; }));
    }

    void importingAgainUpdatesAndKeepsIds() {
        ClipWorld world;
        world.fill();
        world.import();
        const auto before = world.videos();
        fs::remove(world.data() / "train/tai_chi/broken.mp4");
        world.add_clip("train/tai_chi/broken.mp4");
        world.add_clip("train/archery/new.mp4");
        QCOMPARE(world.import(), std::string("7 clips, 3 classes"));
        const auto after = world.videos();
        QCOMPARE(after.size(), size_t{7});
        for (const auto& [name, video] : before) {
            QCOMPARE(after.at(name).id, video.id);
            QCOMPARE(class_of(world, after.at(name)),
                     std::string(name.find("rowing") != std::string::npos ? "rowing" : "tai chi"));
            QCOMPARE(after.at(name).frames, name.find("broken") != std::string::npos ? int64_t{kFrames} : video.frames);
        }
        QVERIFY(after.at("train/tai_chi/broken.mp4").problem.empty());
        QCOMPARE(class_of(world, after.at("train/archery/new.mp4")), std::string("archery"));
        QCOMPARE(world.classes(), (std::vector<std::string>{"rowing", "tai chi", "archery"}));
    }

    void aClipThatChangedIsLookedAtAgain() {
        ClipWorld world;
        world.fill();
        world.import();
        fs::remove(world.data() / "train/rowing/a.mp4");
        world.add_clip("train/rowing/a.mp4", 7);
        world.add_damaged("train/rowing/b.mp4");
        QCOMPARE(world.import(), std::string("6 clips, 2 classes, 2 cannot be read"));
        QCOMPARE(world.videos().at("train/rowing/a.mp4").frames, int64_t{7});
        QVERIFY(!world.videos().at("train/rowing/b.mp4").problem.empty());
        QCOMPARE(world.videos().at("train/rowing/b.mp4").frames, int64_t{0});
    }

    void aCancelledImportLeavesWholeVideosAndCanGoOn() {
        ClipWorld world;
        world.add_clip("train/rowing/0000.mp4");
        const int n = 8 * processor_count() * 3;
        for (int i = 1; i < n; ++i) {
            const auto name = QString("train/rowing/%1.mp4").arg(i, 4, 10, QChar('0')).toStdString();
            fs::copy_file(world.data() / "train/rowing/0000.mp4", world.data() / name);
        }
        TaskControl control;
        const Listener cancels = [&control, n](const Event& event) {
            const auto* progress = std::get_if<JobProgress>(&event);
            if (!progress || progress->progress.total != n) return;
            if (progress->progress.done > 0)
                control.cancel();
            else
                std::this_thread::sleep_for(
                    std::chrono::milliseconds(150));  // so that the next report is not throttled
        };
        const auto job = make_import_job({world.project(), world.data(), dataset::Layout::automatic});
        QVERIFY_THROWS_EXCEPTION(Cancelled, run_here(*job, cancels, control));
        const auto before = world.videos();
        QVERIFY(!before.empty() && std::ssize(before) < n);
        for (const auto& [name, video] : before) {
            QCOMPARE(video.frames, int64_t{kFrames});
            QCOMPARE(class_of(world, video), std::string("rowing"));
        }
        world.import();
        const auto after = world.videos();
        QCOMPARE(std::ssize(after), static_cast<ptrdiff_t>(n));
        for (const auto& [name, video] : before) QCOMPARE(after.at(name).id, video.id);
    }

    void emptyFilesArePassedOverAndSaid() {
        ClipWorld world;
        world.fill();
        write_file_atomically(world.data() / "train/rowing/empty.mp4", "");
        Recorder recorder;
        QCOMPARE(world.import(recorder.listener()), std::string("6 clips, 2 classes, 1 cannot be read, 1 passed over"));
        const auto logs = recorder.logs(1);
        QVERIFY(std::any_of(logs.begin(), logs.end(),
                            [](const auto& l) { return l.find("empty.mp4") != std::string::npos; }));
    }

    void namesMeetInWhateverNormalisation() {
        ClipWorld world;
        world.add_clip("train/p\u00e9tanque/a.mp4");
        world.import();
        const auto before = world.videos();
        // The same folder as macOS names it.
        fs::rename(world.data() / "train/p\u00e9tanque", world.data() / "train/pe\u0301tanque");
        world.import();
        const auto after = world.videos();
        QCOMPARE(after.size(), size_t{1});
        QCOMPARE(after.begin()->second.id, before.begin()->second.id);
        QVERIFY(fs::exists(after.begin()->second.path));
        QCOMPARE(world.classes(), std::vector<std::string>{"p\u00e9tanque"});
    }

    void whatListsAndFilesHaveIsLoggedBeforeAnythingIsImported() {
        ClipWorld world;
        world.add_clip("clips/a.mp4");
        world.add_clip("clips/b.mp4");
        write_file_atomically(world.data() / "val.txt", "clips\\a.mp4 0\r\nclips\\gone.mp4 1\r\n");
        Recorder recorder;
        world.import(recorder.listener());
        QCOMPARE(world.videos().size(), size_t{1});
        QCOMPARE(world.videos().at("clips/a.mp4").split, dataset::Split::val);
        std::string logs;
        for (const auto& line : recorder.logs(1)) logs += line + "\n";
        for (const char* part :
             {"Listed and found: 1", "Listed and not found: 1", "Found and not listed: 1 (clips/b.mp4)",
              "Listed twice: 0", "Classes without a clip: 1", "\\ as /"})
            QVERIFY2(logs.find(part) != std::string::npos, (std::string(part) + " in\n" + logs).c_str());
    }

    void whatIsNotThereIsNamed() {
        ClipWorld world;
        TaskControl control;
        const auto message = [&](const ImportParams& params) {
            try {
                run_here(*make_import_job(params), {}, control);
            } catch (const Error& e) {
                return e.full_text();
            }
            return std::string();
        };
        QVERIFY(message({world.project(), "/nowhere/at/all"}).find("/nowhere/at/all") != std::string::npos);
        QVERIFY(message({"/no/such.rest", world.data()}).find("/no/such.rest") != std::string::npos);
        QVERIFY(message({world.project(), world.data()}).find("video") != std::string::npos);
    }
};

REST_TEST(TestImportJob)
#include "test_import_job.moc"
