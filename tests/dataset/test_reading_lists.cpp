// SPDX-License-Identifier: GPL-3.0-or-later
// How lists are opened: once, as far as it takes to tell what they are, and so that it can be stopped.
#include <QtTest/QtTest>

#include "core/dataset/list_looks.h"
#include "tests/dataset/made_folder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::has_problem;
using rest::test::json;
using rest::test::MadeFolder;
using rest::test::told;

namespace {

/// Stops when a stage has come so far.
class StoppedTask final : public Task {
  public:
    StoppedTask(std::string stage, int64_t at) : Task(control_), stage_(std::move(stage)), at_(at) {}
    int64_t total = 0, done = 0;

  private:
    void on_progress(const Progress& progress) override {
        if (progress.stage != stage_) return;
        total = progress.total;
        done = progress.done;
        if (progress.done >= at_) control_.cancel();
    }
    void on_log(LogLevel, const std::string&) override {}

    TaskControl control_;
    std::string stage_;
    int64_t at_;
};

}  // namespace

class TestReadingLists : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    /// What is looked at ends within a character, for each place at which it can.
    void theGlanceEndsWithinACharacter() {
        constexpr size_t kGlance = 16384;
        for (const std::string letter : {"\u00e9", "\u20ac", "\U0001F3CA"}) {
            for (size_t before = 0; before < letter.size(); ++before) {
                MadeFolder folder;
                folder.file("clips/" + letter + "1.mp4");
                std::string list = "clips/" + letter + "1.mp4 0\n";
                list += "clips/" + std::string(kGlance - list.size() - 6 - before, 'x');
                while (list.size() < kGlance + 100) list += letter;
                list += ".mp4 0\n";
                folder.file("val.txt", list);
                const auto listing = folder.scan();
                QCOMPARE(told(listing, "clips/" + letter + "1.mp4"), std::string("val class 0"));
                QCOMPARE(listing.counts.missing.count, int64_t{1});
                // The same as JSON, which has no line to cut it at.
                folder.file("val.txt", json("{'clips/" + letter + "1.mp4': 'rowing', '") +
                                           std::string(kGlance - 27 - letter.size() - before, 'x') + letter +
                                           json(".mp4': 'x'}"));
                QCOMPARE(told(folder.scan(), "clips/" + letter + "1.mp4"), std::string("val rowing"));
            }
        }
    }

    void eachListIsOpenedOnce() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        const auto list = folder.file("val.txt", "clips/a.mp4 0\n");
        SilentTask task;
        const auto tree = walk_tree(folder.root(), task);
        const DatasetSource source{tree, {}};
        const ClipFinder finder(tree);
        ListLooks looks(source, finder);
        QCOMPARE(looks.candidates(), std::vector<std::string>{"val.txt"});
        QVERIFY(looks.of("val.txt").form == ListForm::bare);
        std::filesystem::remove(list);
        QVERIFY(looks.of("val.txt").form == ListForm::bare);
    }

    void listsThatWereNotUnderstoodWereNotRead() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("val.txt", "clips/a.mp4 0\n");
        folder.file("annotations.json", json("{'database': {'a': {'annotations': [{'label': 'x'}]}}}"));
        folder.file("classes.txt", "\n\n");  // says nothing
        folder.file("damaged.json", "[{\"path\": ");
        const auto listing = folder.scan();
        QCOMPARE(listing.lists, std::vector<std::string>{"val.txt"});
        QVERIFY(has_problem(listing, "annotations.json", ErrorCode::unsupported));
        QVERIFY(has_problem(listing, "damaged.json", ErrorCode::unsupported));
        QCOMPARE(std::count_if(listing.problems.begin(), listing.problems.end(),
                               [](const auto& problem) { return problem.file == "damaged.json"; }),
                 1);
        QCOMPARE(listing.other_files, int64_t{3});
    }

    /// Paths outside the folder ask a file system that may be far away.
    void lookingForListedClipsCanBeSeenAndStopped() {
        constexpr size_t kRows = 5000;
        MadeFolder folder;
        folder.file("clips/a.mp4");
        std::string list = "clips/a.mp4 0\n";
        for (size_t i = 1; i < kRows; ++i) list += "/nowhere/" + std::to_string(i) + ".mp4 0\n";
        folder.file("val.txt", list);
        for (const int64_t at : {int64_t{0}, static_cast<int64_t>(kRows)}) {
            StoppedTask task("Finding listed clips", at);
            if (at == 0)
                QVERIFY_THROWS_EXCEPTION(Cancelled, scan_dataset(folder.root(), {}, task));
            else
                QCOMPARE(scan_dataset(folder.root(), {}, task).counts.missing.count, int64_t{kRows - 1});
            QCOMPARE(task.total, int64_t{kRows});
        }
    }

    /// The folder by a link, the lists by where it really lies: no clip is there twice, least of all in two splits.
    void pathsThatLeadThroughLinks() {
        MadeFolder real, links;
        real.file("set/a.mp4");
        real.file("set/b.mp4");
        const auto link = links.root() / "set";
        std::filesystem::create_directory_symlink(real.root() / "set", link);
        std::filesystem::create_directory_symlink(real.root() / "set", links.root() / "another");
        real.file("set/train.txt", "a.mp4 0\nb.mp4 1\n");
        for (const auto& folder : {real.root() / "set", link, links.root() / "another"}) {
            real.file("set/val.txt", (folder / "a.mp4").string() + " 0\n");
            const auto listing = MadeFolder::scan(link);
            QCOMPARE(listing.clips.size(), size_t{2});
            QCOMPARE(told(listing, "a.mp4"), std::string("val class 0"));
            QCOMPARE(told(listing, "b.mp4"), std::string("train class 1"));
            QCOMPARE(listing.counts.twice.count, int64_t{1});
        }
    }

    void filesOutsideWithNamesOfThoseInside() {
        MadeFolder folder, other;
        const auto outside = other.file("a.mp4");
        const auto inside = outside.relative_path().generic_string();
        folder.file(inside);
        folder.file("val.txt", outside.string() + " 0\n" + inside + " 1\n");
        const auto listing = folder.scan();
        QCOMPARE(listing.clips.size(), size_t{2});
        QVERIFY(listing.clips[0].name != listing.clips[1].name);
        QVERIFY(listing.clips[0].path != listing.clips[1].path);
    }
};

REST_TEST(TestReadingLists)
#include "test_reading_lists.moc"
