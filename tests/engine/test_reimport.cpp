// SPDX-License-Identifier: GPL-3.0-or-later
// Imports into a project that has videos: which is which, and what the user is told.
#include <QtTest/QtTest>

#include "core/engine/imports/known_videos.h"
#include "core/store/import_problems.h"
#include "tests/engine/clip_world.h"
#include "tests/engine/recorder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

namespace {

const std::string kComposed = "train/p\u00e9tanque.mp4", kDecomposed = "train/pe\u0301tanque.mp4";

std::string import(const ClipWorld& world, const fs::path& source, const Listener& listener = {}) {
    TaskControl control;
    return run_here(*make_import_job({world.project(), source, dataset::Layout::automatic}), listener, control);
}

/// By path.
std::map<std::string, store::VideoRecord> rows(const ClipWorld& world) {
    std::map<std::string, store::VideoRecord> out;
    for (const auto& [name, video] : world.videos()) out.emplace(video.path, video);
    return out;
}

std::vector<std::string> names_of(const std::vector<KnownVideo>& known) {
    std::vector<std::string> out;
    for (const auto& one : known) out.push_back(one.name + (one.row == nullptr ? ", new" : ""));
    return out;
}

}  // namespace

class TestReimport : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void filesWhoseNamesDifferInNormalisationAlone() {
        ClipWorld world;
        world.add_clip(kDecomposed, 3);
        QCOMPARE(world.import(), std::string("1 clip, 0 classes"));
        const auto first = rows(world).begin()->second;
        world.add_clip(kComposed, 5);
        for (int time = 0; time < 3; ++time) {
            world.import();
            const auto now = rows(world);
            QCOMPARE(now.size(), size_t{2});
            const auto& decomposed = now.at((world.data() / kDecomposed).string());
            const auto& composed = now.at((world.data() / kComposed).string());
            QCOMPARE(decomposed.id, first.id);
            QCOMPARE(decomposed.frames, int64_t{3});
            QCOMPARE(composed.frames, int64_t{5});
        }
        QCOMPARE(world.import(), std::string("2 clips (2 as before), 0 classes"));
    }

    void noRowForTwoClips() {
        const auto row = [](const std::string& name, const std::string& path) {
            store::VideoRecord out;
            out.name = name;
            out.path = path;
            return out;
        };
        const auto clip = [](const std::string& name, const std::string& path) {
            return dataset::ClipEntry{.path = path, .name = name};
        };
        const std::vector<store::VideoRecord> known = {row("\u00e9", "/x/1"), row("e\u0301", "/x/2"), row("b", "/x/b")};
        // As they were, exchanged, moved, and a third one of the same name.
        QCOMPARE(names_of(known_videos(known, std::vector{clip("e\u0301", "/x/2"), clip("\u00e9", "/x/1")})),
                 (std::vector<std::string>{"e\u0301", "\u00e9"}));
        QCOMPARE(names_of(known_videos(known, std::vector{clip("e\u0301", "/x/1"), clip("\u00e9", "/x/2")})),
                 (std::vector<std::string>{"\u00e9", "e\u0301"}));
        QCOMPARE(names_of(known_videos(known, std::vector{clip("e\u0301", "/y/1"), clip("\u00e9", "/y/2")})),
                 (std::vector<std::string>{"e\u0301", "\u00e9"}));
        const std::vector only_composed = {known[0]};
        QCOMPARE(names_of(known_videos(only_composed, std::vector{clip("e\u0301", "/y/1"), clip("\u00e9", "/y/2")})),
                 (std::vector<std::string>{"e\u0301, new", "\u00e9"}));
        QCOMPARE(names_of(known_videos(only_composed, std::vector{clip("e\u0301", "/y/1")})),
                 (std::vector<std::string>{"\u00e9"}));
        // The file keeps its row, so that the other one needs a name.
        QCOMPARE(names_of(known_videos(known, std::vector{clip("c/b", "/x/b"), clip("b", "/y/b")})),
                 (std::vector<std::string>{"b", "b (2), new"}));
    }

    /// A folder of the folder was imported first: the same file is not there twice, in two splits.
    void theSameFileByAnotherFolder() {
        ClipWorld world;
        world.add_clip("train/rowing/a.mp4");
        world.add_clip("val/rowing/b.mp4");
        QCOMPARE(import(world, world.data() / "val"), std::string("1 clip, 1 class"));
        QCOMPARE(world.videos().at("rowing/b.mp4").split, dataset::Split::train);
        Recorder recorder;
        QCOMPARE(import(world, world.data(), recorder.listener()),
                 std::string("2 clips (1 new, 1 as before, 1 in another split or class than before), 1 class"));
        const auto videos = world.videos();
        QCOMPARE(videos.size(), size_t{2});
        QCOMPARE(videos.at("rowing/b.mp4").split, dataset::Split::val);
        const auto logs = recorder.logs(1);
        QVERIFY(std::any_of(logs.begin(), logs.end(),
                            [](const auto& l) { return l.find("val/rowing/b.mp4 as rowing/b.mp4") != l.npos; }));
    }

    void whatIsNewChangedAndGoneIsTold() {
        ClipWorld world;
        world.fill();
        QCOMPARE(world.import(), std::string("6 clips, 2 classes, 1 cannot be read"));
        QCOMPARE(world.import(), std::string("6 clips (6 as before), 2 classes, 1 cannot be read"));
        fs::remove(world.data() / "train/rowing/a.mp4");
        world.add_clip("train/rowing/b.mp4", 7);
        fs::rename(world.data() / "train/tai_chi/c.mp4", world.data() / "train/rowing/c.mp4");
        world.add_clip("val/archery/f.mp4");
        Recorder recorder;
        QCOMPARE(world.import(recorder.listener()),
                 std::string("6 clips (2 new, 1 changed, 3 as before), 3 classes, 1 cannot be read, 2 gone"));
        auto videos = world.videos();
        QCOMPARE(videos.size(), size_t{8});
        for (const char* gone : {"train/rowing/a.mp4", "train/tai_chi/c.mp4"}) {
            QVERIFY(videos.at(gone).problem.find("not there any more") != std::string::npos);
            QVERIFY(!videos.at(gone).remedy.empty());
        }
        const auto logs = recorder.logs(1);
        QVERIFY(std::any_of(logs.begin(), logs.end(),
                            [](const auto& l) { return l.find("train/rowing/a.mp4, train/tai_chi/c.mp4") != l.npos; }));
        // Put back.
        world.add_clip("train/rowing/a.mp4", 4);
        QCOMPARE(world.import(), std::string("7 clips (1 changed, 6 as before), 3 classes, 1 cannot be read, 1 gone"));
        videos = world.videos();
        QVERIFY(videos.at("train/rowing/a.mp4").problem.empty());
        QCOMPARE(videos.at("train/rowing/a.mp4").frames, int64_t{4});
    }

    void whatAnImportDoesNotNameStays() {
        ClipWorld world;
        world.add_clip("clips/a.mp4");
        world.add_clip("clips/b.mp4");
        world.import();
        write_file_atomically(world.data() / "val.txt", "clips/a.mp4 0\n");
        Recorder recorder;
        QCOMPARE(import(world, world.data() / "val.txt", recorder.listener()).substr(0, 20),
                 std::string("1 clip (1 as before,"));
        QVERIFY(world.videos().at("clips/b.mp4").problem.empty());
        const auto logs = recorder.logs(1);
        QVERIFY(std::any_of(logs.begin(), logs.end(), [](const auto& l) {
            return l.find("1 video of earlier imports") != l.npos && l.find("clips/b.mp4") != l.npos;
        }));
        // Another folder's import says nothing of them.
        const auto elsewhere = world.root() / "elsewhere";
        fs::create_directories(elsewhere);
        fs::copy_file(world.data() / "clips/a.mp4", elsewhere / "c.mp4");
        fs::remove(world.data() / "clips/b.mp4");
        QCOMPARE(import(world, elsewhere), std::string("1 clip, 0 classes"));
        QVERIFY(world.videos().at("clips/b.mp4").problem.empty());
    }

    void thePageIsToldOnceAtTheEnd() {
        ClipWorld world;
        world.fill();
        Recorder recorder;
        world.import(recorder.listener());
        const auto kinds = recorder.kinds(1);
        // Since the last clip was looked at.
        const auto last = std::find(kinds.rbegin(), kinds.rend(), "progress").base();
        QCOMPARE(std::vector(last, kinds.end()), (std::vector<std::string>{"videos", "finished"}));
    }

    /// "Show in folder" goes by it, from wherever the program runs.
    void problemsHaveWholePaths() {
        ClipWorld world;
        world.add_clip("clips/a.mp4");
        fs::create_directories(world.data() / "lists");
        write_file_atomically(world.data() / "lists/val.txt", "../clips/a.mp4 0\n../clips/gone.mp4 1\n");
        write_file_atomically(world.data() / "lists/train.xlsx", "PK");
        world.import();
        const auto project = store::Project::open(world.project(), store::OpenMode::read_only);
        const auto problems = store::import_problems(project);
        QVERIFY(problems.size() >= 2);
        for (const auto& problem : problems) {
            QVERIFY2(fs::path(problem.file).is_absolute(), problem.file.c_str());
            QVERIFY2(fs::path(problem.file).lexically_normal() == fs::path(problem.file), problem.file.c_str());
        }
    }

    void clipsOfASingleFrameAreNamed() {
        ClipWorld world;
        world.add_clip("train/rowing/a.mp4", 1);
        world.add_clip("train/rowing/b.mp4", 2);
        Recorder recorder;
        world.import(recorder.listener());
        const auto logs = recorder.logs(1);
        QVERIFY(std::any_of(logs.begin(), logs.end(),
                            [](const auto& l) { return l == "1 clip has a single frame: train/rowing/a.mp4"; }));
    }

    void namesOfSignsAloneAreClassesOfTheirOwn() {
        ClipWorld world;
        world.add_clip("train/-/a.mp4");
        world.add_clip("train/--/b.mp4");
        world.import();
        QCOMPARE(world.classes().size(), size_t{2});
        world.import();
        QCOMPARE(world.classes().size(), size_t{2});
        QVERIFY(world.videos().at("train/-/a.mp4").label != world.videos().at("train/--/b.mp4").label);
    }
};

REST_TEST(TestReimport)
#include "test_reimport.moc"
