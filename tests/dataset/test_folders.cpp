// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>
#include <QtTest/QtTest>

#include "tests/dataset/made_folder.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::has_problem;
using rest::test::MadeFolder;
using rest::test::told;

namespace {

/// Runs as a user without permission to read everything, since tests in containers often run as root.
class Unprivileged {
  public:
    Unprivileged() {
        if (::geteuid() == 0 && ::seteuid(65534) != 0) qFatal("cannot give up privileges");
    }
    ~Unprivileged() {
        if (::getuid() == 0 && ::seteuid(0) != 0) qFatal("cannot take privileges back");
    }
};

class CancelledTask final : public Task {
  public:
    CancelledTask() : Task(control) { control.cancel(); }
    TaskControl control;

  private:
    void on_progress(const Progress&) override {}
    void on_log(LogLevel, const std::string&) override {}
};

}  // namespace

class TestFolders : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void foldersAreClassesAndAllIsTrain() {
        MadeFolder folder;
        folder.file("riding bike/a.mp4");
        folder.file("riding_bike/b.MKV");
        folder.file("Tai Chi/c.avi");
        folder.file("loose.mp4");
        folder.file("notes.md");
        folder.file("Tai Chi/._c.avi");
        const auto listing = folder.scan();
        QCOMPARE(listing.layout, Layout::flat);
        QVERIFY((listing.classes == std::vector<std::string>{"Tai Chi", "riding bike"}));
        QCOMPARE(told(listing, "riding bike/a.mp4"), std::string("train riding bike"));
        QCOMPARE(told(listing, "riding_bike/b.MKV"), std::string("train riding bike"));
        QCOMPARE(told(listing, "Tai Chi/c.avi"), std::string("train Tai Chi"));
        QCOMPARE(told(listing, "loose.mp4"), std::string("train -"));
        QCOMPARE(listing.clips.size(), size_t(4));
        QCOMPARE(listing.other_files, int64_t(2));
        QVERIFY(listing.problems.empty());
        for (const auto& clip : listing.clips) QVERIFY(clip.path.is_absolute() && std::filesystem::exists(clip.path));
        QVERIFY(std::is_sorted(listing.clips.begin(), listing.clips.end(),
                               [](auto& a, auto& b) { return a.name < b.name; }));
    }

    void namesOfAllScriptsSurvive() {
        MadeFolder folder;
        folder.file("прыжок в воду/клип № 1.mp4");
        folder.file("太極拳/影片.webm");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "прыжок в воду/клип № 1.mp4"), std::string("train прыжок в воду"));
        QCOMPARE(told(listing, "太極拳/影片.webm"), std::string("train 太極拳"));
    }

    void anEmptyClipIsAProblem() {
        MadeFolder folder;
        folder.file("a/full.mp4");
        folder.file("a/empty.mp4", "");
        const auto listing = folder.scan();
        QCOMPARE(listing.clips.size(), size_t(1));
        QVERIFY(has_problem(listing, "a/empty.mp4", ErrorCode::damaged));
    }

    void linksAreFollowedOnceAndLoopsEnd() {
        MadeFolder folder;
        MadeFolder elsewhere;
        elsewhere.file("rowing/outside.mp4");
        elsewhere.file("single.mp4");
        folder.file("train/rowing/a.mp4");
        namespace fs = std::filesystem;
        fs::create_directory_symlink(folder.root(), folder.root() / "train" / "loop");
        fs::create_directory_symlink(folder.root() / "train", folder.root() / "again");
        fs::create_directory_symlink(elsewhere.root(), folder.root() / "val");
        fs::create_symlink(elsewhere.root() / "single.mp4", folder.root() / "train" / "rowing" / "linked.mp4");
        fs::create_symlink("nowhere.mp4", folder.root() / "train" / "rowing" / "broken.mp4");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "train/rowing/a.mp4"), std::string("train rowing"));
        QCOMPARE(told(listing, "train/rowing/linked.mp4"), std::string("train rowing"));
        QCOMPARE(told(listing, "val/rowing/outside.mp4"), std::string("val rowing"));
        QCOMPARE(told(listing, "val/single.mp4"), std::string("val -"));
        QCOMPARE(listing.clips.size(), size_t(4));
        QVERIFY(has_problem(listing, "broken.mp4", ErrorCode::not_found));
    }

    void anUnreadableFolderIsAProblem() {
        MadeFolder folder;
        folder.file("a/seen.mp4");
        folder.file("b/unseen.mp4");
        namespace fs = std::filesystem;
        fs::permissions(folder.root(), fs::perms(0755));
        fs::permissions(folder.root() / "b", fs::perms::none);
        DatasetListing listing;
        bool reachable = false;
        {
            Unprivileged user;
            reachable = ::eaccess((folder.root() / "a").c_str(), R_OK) == 0;
            if (reachable) listing = folder.scan();
        }
        fs::permissions(folder.root() / "b", fs::perms::owner_all);
        if (!reachable) QSKIP("The folder for temporary files is closed to other users");
        QCOMPARE(listing.clips.size(), size_t(1));
        QVERIFY(has_problem(listing, "/b", ErrorCode::io));
    }

    void nothingToImportSaysWhatWasLookedFor() {
        MadeFolder folder;
        folder.file("readme.txt", "hello\n");
        const auto message_of = [](const std::filesystem::path& path, ErrorCode code) -> std::string {
            try {
                MadeFolder::scan(path);
            } catch (const Error& e) {
                return e.code() == code ? e.full_text() : "another code";
            }
            return "nothing thrown";
        };
        QVERIFY(message_of(folder.root(), ErrorCode::unsupported).find(".mp4") != std::string::npos);
        QVERIFY(message_of(folder.root() / "readme.txt", ErrorCode::unsupported).find("readme.txt") !=
                std::string::npos);
        QVERIFY(message_of(folder.root() / "gone", ErrorCode::not_found).find("gone") != std::string::npos);
        QVERIFY(message_of(folder.file("a.mp4"), ErrorCode::unsupported).find("a.mp4") != std::string::npos);
        folder.file("a.mp4", "");
        QVERIFY(message_of(folder.root(), ErrorCode::not_found).find("empty") != std::string::npos);
    }

    void aHundredThousandFilesAreListedQuickly() {
        MadeFolder folder;
        namespace fs = std::filesystem;
        for (int c = 0; c < 400; ++c) {
            // Hard links to one file: created and removed far more quickly than separate files.
            const std::string dir = "train/class " + std::to_string(c) + "/";
            const auto first = folder.file(dir + "0.mp4");
            for (int i = 1; i < 250; ++i)
                fs::create_hard_link(first, folder.root() / (dir + std::to_string(i) + ".mp4"));
        }
        test::ProcessorTimer timer;
        timer.start();
        const auto listing = folder.scan();
        qInfo("100,000 files listed in %lld ms", static_cast<long long>(timer.elapsed()));
        QCOMPARE(listing.clips.size(), size_t(100000));
        QCOMPARE(listing.classes.size(), size_t(400));
        QVERIFY(timer.elapsed() < 15000);
        CancelledTask task;
        QVERIFY_THROWS_EXCEPTION(Cancelled, scan_dataset(folder.root(), {}, task));
    }
};

REST_TEST(TestFolders)
#include "test_folders.moc"
