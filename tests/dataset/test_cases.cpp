// SPDX-License-Identifier: GPL-3.0-or-later
// Folders and lists as people have reported them: tests/cases/lists, described in tests/cases/README.md.
#include <QtTest/QtTest>

#include <map>

#include "tests/dataset/made_folder.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::any_note;
using rest::test::MadeFolder;

namespace {

using Told = std::map<std::string, std::string>;

/// Every clip with its split and class.
Told told_all(const DatasetListing& listing) {
    Told out;
    for (const auto& clip : listing.clips) {
        out[clip.name] = std::string(to_string(clip.split)) + " " +
                         (clip.label < 0 ? "-" : listing.classes.at(static_cast<size_t>(clip.label)));
    }
    return out;
}

std::filesystem::path case_folder(const char* name) {
    return test::source_dir() / "tests" / "cases" / "lists" / name;
}

/// Listed and found, listed and not found, found and not listed, listed twice.
std::array<int64_t, 4> counts_of(const DatasetListing& listing) {
    const auto& counts = listing.counts;
    return {counts.found.count, counts.missing.count, counts.unlisted.count, counts.twice.count};
}

using Four = std::array<int64_t, 4>;

const Told kSlowfast = {{"videos/abseiling/a1.mp4", "train abseiling"},
                        {"videos/abseiling/a2.mp4", "val abseiling"},
                        {"videos/archery/b1.mp4", "train archery"},
                        {"videos/archery/b2.mp4", "val archery"}};

}  // namespace

class TestCases : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void pathLabelListsWithoutHeader() {
        for (const char* name : {"slowfast", "commalist"}) {
            const auto listing = MadeFolder::scan(case_folder(name));
            QCOMPARE(told_all(listing), kSlowfast);
            QCOMPARE(counts_of(listing), (Four{4, 0, 0, 0}));
            QVERIFY(listing.problems.empty());
            const auto val = MadeFolder::scan(case_folder(name) / "val.csv");
            QCOMPARE(told_all(val),
                     (Told{{"videos/abseiling/a2.mp4", "val abseiling"}, {"videos/archery/b2.mp4", "val archery"}}));
            QCOMPARE(counts_of(val), (Four{2, 0, 2, 0}));
        }
    }

    void listsOfSpreadsheets() {
        for (const char* name : {"xl_semicolon", "xl_utf16"}) {
            const auto listing = MadeFolder::scan(case_folder(name));
            QCOMPARE(told_all(listing), (Told{{"train/archery/3caPS4FHFF8_000036_000046.mp4", "train archery range"}}));
            QCOMPARE(counts_of(listing), (Four{1, 0, 0, 0}));
        }
    }

    void decomposedNames() {
        const auto listed = MadeFolder::scan(case_folder("nfd"));
        QCOMPARE(told_all(listed), (Told{{"videos/train/p\u00e9tanque/boule_\u00e91.mp4", "train p\u00e9tanque"},
                                         {"videos/val/p\u00e9tanque/boule_\u00e92.mp4", "val p\u00e9tanque"}}));
        QCOMPARE(counts_of(listed), (Four{2, 0, 0, 0}));
        const auto folders = MadeFolder::scan(case_folder("nfd_folders"));
        QCOMPARE(folders.classes, std::vector<std::string>{"p\u00e9tanque"});
        QCOMPARE(folders.clips.size(), size_t(2));
        for (const auto* listing : {&listed, &folders}) {
            // The file is opened under the bytes of its name on disk.
            for (const auto& clip : listing->clips) QVERIFY(std::filesystem::exists(clip.path));
        }
    }

    void listsWrittenOnWindows() {
        for (const char* name : {"backslash", "backslash_csv"}) {
            const auto listing = MadeFolder::scan(case_folder(name));
            QCOMPARE(told_all(listing),
                     (Told{{"train/abseiling/a.mp4", "train abseiling"}, {"val/archery/b.mp4", "val archery"}}));
            QCOMPARE(counts_of(listing), (Four{2, 0, 0, 0}));
            QVERIFY(any_note(listing, "\\ as /"));
        }
    }

    void namesThatOnlyTheNumberJoins() {
        for (const char* name : {"ucf", "ucf_off"}) {
            const auto listing = MadeFolder::scan(case_folder(name));
            QCOMPARE(listing.classes, (std::vector<std::string>{"Archery", "Handstand Pushups"}));
            std::map<std::string, int> of_class;
            for (const auto& [clip, what] : told_all(listing)) ++of_class[what];
            QCOMPARE(of_class, (std::map<std::string, int>{{"train Archery", 1},
                                                           {"test Archery", 1},
                                                           {"train Handstand Pushups", 1},
                                                           {"test Handstand Pushups", 1}}));
            QCOMPARE(counts_of(listing), (Four{4, 0, 0, 0}));
            QCOMPARE(listing.counts.empty_classes.count, int64_t{0});
        }
    }

    void doubledExtensions() {
        const auto nested = MadeFolder::scan(case_folder("dbl"));
        QCOMPARE(told_all(nested), (Told{{"train/abseiling/--0l35AkU34_000062_000072.mp4.mkv", "train abseiling"},
                                         {"train/abseiling/0wR5jVB-WPk_000417_000427.mp4", "train abseiling"},
                                         {"val/archery/3caPS4FHFF8_000036_000046.mp4.webm", "val archery"}}));
        const auto flat = MadeFolder::scan(case_folder("dblflat"));
        QCOMPARE(told_all(flat), (Told{{"train/--0l35AkU34_000062_000072.mp4.mkv", "train abseiling"},
                                       {"train/0wR5jVB-WPk_000417_000427.mp4", "train abseiling"},
                                       {"val/3caPS4FHFF8_000036_000046.mp4.webm", "val archery"}}));
        for (const auto* listing : {&nested, &flat}) QCOMPARE(counts_of(*listing), (Four{3, 0, 0, 0}));
    }

    void aClassThatIsCalledTrain() {
        const auto root = case_folder("vehicles");
        const auto listing = MadeFolder::scan(root);
        QCOMPARE(listing.classes, (std::vector<std::string>{"bus", "train", "tram"}));
        QCOMPARE(listing.clips.size(), size_t(6));
        QCOMPARE(told_all(listing).at("train/train1.mp4"), std::string("train train"));
        QVERIFY(listing.folders == FolderNames::classes);
        QVERIFY(listing.folder_question.find("\"train\"") != std::string::npos);

        SilentTask task;
        const auto splits = scan_dataset(root, {Layout::automatic, FolderNames::splits}, task);
        QCOMPARE(splits.clips.size(), size_t(2));
        QCOMPARE(splits.counts.unlisted.count, int64_t{4});
        QVERIFY(!splits.problems.empty());
        const auto classes = scan_dataset(root, {Layout::automatic, FolderNames::classes}, task);
        QCOMPARE(told_all(classes), told_all(listing));
        QVERIFY(classes.folder_question.empty());
    }
};

REST_TEST(TestCases)
#include "test_cases.moc"
