// SPDX-License-Identifier: GPL-3.0-or-later
// Lists that choose what is trained and measured on: what they name and the project has not is said, and the other way
// round; too little is refused.
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/engine/inference/clip_list.h"
#include "core/engine/inference/run_clips.h"
#include "core/store/project.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace {

class Listening final : public Task {
  public:
    Listening() : Task(control_) {}
    std::string said;

  private:
    void on_progress(const Progress&) override {}
    void on_log(LogLevel, const std::string& text) override { said += text + "\n"; }
    TaskControl control_;
};

}  // namespace

class TestClipLists : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;

    std::string list(const std::string& text) const {
        const auto file = dir_.path().toStdString() + "/list.txt";
        write_file_atomically(file, text);
        return file;
    }

    store::Project project(const std::string& name) const {
        auto project = store::Project::create(dir_.path().toStdString() + "/" + name);
        project.set_classes(std::vector<std::string>{"rowing"});
        std::vector<store::VideoRecord> videos;
        const auto add = [&](const std::string& video, dataset::Split split, int label) {
            videos.push_back({.name = video, .path = "/x/" + video, .split = split, .label = label});
        };
        for (const char* video : {"train/a.mp4", "train/b.mp4", "train/c.mp4"}) add(video, dataset::Split::train, 0);
        for (const char* video : {"val/d.mp4", "val/p\u00e9.mp4", "val/f.mp4"}) add(video, dataset::Split::val, 0);
        add("val/g.mp4", dataset::Split::val, -1);
        add("val/g.avi", dataset::Split::val, 0);
        project.put_videos(videos);
        return project;
    }

  private Q_SLOTS:
    void namesAsPeopleWriteThem() {
        const auto made = project("names");
        const auto found =
            read_clip_list(list("./val/d.mkv\r\nval\\f.mp4\n\nval/pe\u0301.mp4\n\nval/d.mp4\n"), made.videos());
        QCOMPARE(found.videos.size(), size_t{3});
        QVERIFY(found.missing.empty());
        // Which of two is meant cannot be told.
        const auto doubtful = read_clip_list(list("val/g.mov\nval/g.mp4\nval/g.mov\n"), made.videos());
        QCOMPARE(doubtful.videos.size(), size_t{1});
        QCOMPARE(doubtful.missing, std::vector<std::string>{"val/g.mov"});
        QVERIFY(says(error_text([&] { read_clip_list("/nowhere/list.txt", made.videos()); }), {"/nowhere/list.txt"}));
    }

    void whatEitherSideLacksIsSaid() {
        const auto made = project("said");
        Listening task;
        const auto file = list("val/d.mp4\nval/gone.mp4\nval/f.mp4\nval/g.mp4\n");
        const auto on = evaluation_clips(made, file, &task);
        QCOMPARE(on.videos.size(), size_t{2});
        QVERIFY2(says(task.said, {"Of the 4 clips in " + file + " the project has 3; it lacks val/gone.mp4",
                                  "2 labelled clips of the project are not in " + file, "val/p\u00e9.mp4, val/g.avi",
                                  "1 clips in " + file + " have no class"}),
                 task.said.c_str());
        task.said.clear();
        SupervisionSettings settings{.train_list = list("train/a.mp4\ntrain/x.mp4\ntrain/c.mp4\n")};
        QCOMPARE(training_videos(made, settings, task).size(), size_t{2});
        QVERIFY2(says(task.said, {"has 2; it lacks train/x.mp4", "1 train clips of the project", "train/b.mp4"}),
                 task.said.c_str());
    }

    void tooLittleIsRefused() {
        const auto made = project("few");
        const auto file = list("val/d.mp4\nval/1.mp4\nval/2.mp4\n");
        SilentTask silent;
        for (const auto& text : {error_text([&] { evaluation_clips(made, file, &silent); }), error_text([&] {
                                     training_videos(made, SupervisionSettings{.train_list = file}, silent);
                                 })}) {
            QVERIFY2(says(text, {"Of the 3 clips in " + file, "has 1", "val/1.mp4, val/2.mp4", "one a line"}),
                     text.c_str());
        }
        // A report of what was measured once is still read.
        QCOMPARE(evaluation_clips(made, file).videos.size(), size_t{1});
        const auto half = list("val/d.mp4\nval/1.mp4\n");
        QCOMPARE(evaluation_clips(made, half, &silent).videos.size(), size_t{1});
    }

    void whatCannotBeReadNowIsKnown() {
        auto made = project("gone");
        auto videos = made.videos();
        for (auto& video : videos) {
            if (video.name == "val/d.mp4") video.problem = "gone";
        }
        made.put_videos(videos);
        auto on = evaluation_clips(made);
        QCOMPARE(on.labelled, int64_t{4});
        QCOMPARE(on.videos.size(), size_t{3});
        QCOMPARE(on.unreadable.size(), size_t{1});
        for (auto& video : videos) video.problem = "gone";
        made.put_videos(videos);
        on = evaluation_clips(made);
        QCOMPARE(on.unreadable.size(), size_t{4});  // of val: there is no test split to go to
    }
};

REST_TEST(TestClipLists)
#include "test_clip_lists.moc"
