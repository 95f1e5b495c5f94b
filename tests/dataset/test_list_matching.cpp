// SPDX-License-Identifier: GPL-3.0-or-later
// How rows of lists are matched with clips and classes: by paths and names as other machines and people write them.
#include <QtTest/QtTest>

#include "tests/dataset/made_folder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::any_note;
using rest::test::has_problem;
using rest::test::json;
using rest::test::MadeFolder;
using rest::test::told;

class TestListMatching : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void pathsOfOtherMachines_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("absolute") << "/home/other/data/kinetics/train/rowing/x y.mp4";
        QTest::newRow("absolute, less folders") << "/home/other/train/rowing/x y.mp4";
        QTest::newRow("another container") << "/home/other/train/rowing/x y.avi";
        QTest::newRow("drive") << "D:\\data\\train\\rowing\\x y.mp4";
        QTest::newRow("drive, slashes") << "C:/data/train/rowing/x y.mp4";
        QTest::newRow("server") << "\\\\nas\\share\\train\\rowing\\x y.mp4";
        QTest::newRow("URI") << "file:///home/other/train/rowing/x%20y.mp4";
        QTest::newRow("bucket") << "s3://bucket/train/rowing/x%20y.mp4";
        QTest::newRow("variable") << "$DATA/train/rowing/x y.mp4";
        QTest::newRow("home") << "~/train/rowing/x y.mp4";
    }
    void pathsOfOtherMachines() {
        QFETCH(QString, path);
        MadeFolder folder;
        folder.file("mine/train/rowing/x y.mp4");
        folder.file("mine/val/rowing/x y.mp4");
        folder.file("mine/train/diving/x y.mp4");
        folder.file("list.csv", "path,label\n" + path.toStdString() + ",oars\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "mine/train/rowing/x y.mp4"), std::string("train oars"));
        QCOMPARE(listing.counts.found.count, int64_t{1});
        QVERIFY(!listing.notes.empty());
        QVERIFY(any_note(listing, "mine/train/rowing/x y.mp4"));
    }

    void aPathOfAnotherFolderIsNoGuess() {
        MadeFolder folder;
        folder.file("train/diving/000.mp4");
        folder.file("train/rowing/000.mp4");
        folder.file("val.csv", "val/rowing/000.mp4,0\nval/diving/000.mp4,1\n");
        folder.file("train.csv", "train/rowing/000.mp4,0\ntrain/diving/000.mp4,1\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "train/rowing/000.mp4"), std::string("train rowing"));
        QCOMPARE(told(listing, "train/diving/000.mp4"), std::string("train diving"));
        QCOMPARE(listing.counts.missing.count, int64_t{2});
    }

    void equalNamesGoToTheFolderThatTheRowNames() {
        MadeFolder folder;
        for (const char* clip : {"rowing/000.mp4", "diving/000.mp4", "misc/000.mp4"}) folder.file(clip);
        folder.file("train.csv", "path,label\n000.mp4,juggling\n000.mp4,diving\n000.mp4,rowing\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "rowing/000.mp4"), std::string("train rowing"));
        QCOMPARE(told(listing, "diving/000.mp4"), std::string("train diving"));
        QCOMPARE(told(listing, "misc/000.mp4"), std::string("train juggling"));
    }

    void aVideoMayStandUnderTwoClasses() {
        for (const char* clip : {"_000005_000015.mp4", ".mp4"}) {
            MadeFolder folder;
            const std::string header = "label,youtube_id,time_start,time_end,split\n";
            const std::string name = std::string("0wR5jVB-WPk") + clip;
            folder.file("train/x/" + name);
            folder.file("train/y/" + name);
            folder.file("train/y/1wR5jVB-WPk_000001_000011.mp4");
            folder.file("train/x/1wR5jVB-WPk_000050_000060.mp4");
            folder.file("train.csv", header + "y,0wR5jVB-WPk,5,15,train\nx,0wR5jVB-WPk,5,15,train\n" +
                                         "x,1wR5jVB-WPk,50,60,train\ny,1wR5jVB-WPk,1,11,train\n");
            const auto listing = folder.scan();
            QCOMPARE(told(listing, "train/x/" + name), std::string("train x"));
            QCOMPARE(told(listing, "train/y/" + name), std::string("train y"));
            QCOMPARE(told(listing, "train/y/1wR5jVB-WPk_000001_000011.mp4"), std::string("train y"));
            QCOMPARE(told(listing, "train/x/1wR5jVB-WPk_000050_000060.mp4"), std::string("train x"));
            QCOMPARE(listing.counts.twice.count, int64_t{0});
            QVERIFY(listing.problems.empty());
        }
        MadeFolder folder;
        folder.file("x/0wR5jVB-WPk_000005_000015.mp4");
        folder.file("y/0wR5jVB-WPk_000055_000065.mp4");
        folder.file("train.csv", "youtube_id,label\n0wR5jVB-WPk,y\n0wR5jVB-WPk,x\n0wR5jVB-WPk,z\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "x/0wR5jVB-WPk_000005_000015.mp4"), std::string("train x"));
        QCOMPARE(told(listing, "y/0wR5jVB-WPk_000055_000065.mp4"), std::string("train y"));
        QCOMPARE(listing.counts.twice.count, int64_t{1});
        QVERIFY(has_problem(listing, "0wR5jVB-WPk", ErrorCode::invalid_argument));
        QCOMPARE(listing.counts.empty_classes.examples, std::vector<std::string>{"z"});
    }

    void numbersThatBeginAtOne() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("clips/b.mp4");
        folder.file("classes.txt", "rowing\ndiving\n");
        folder.file("train.txt", "clips/a.mp4 1\nclips/b.mp4 2\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/a.mp4"), std::string("train rowing"));
        QCOMPARE(told(listing, "clips/b.mp4"), std::string("train diving"));
        QVERIFY(any_note(listing, "from 1"));
    }

    void numberedMapsAreTakenAsTheyAre() {
        for (const std::string& map :
             std::vector<std::string>{"1 rowing\n2 diving\n", "id,name\n1,rowing\n2,diving\n", "rowing;1\ndiving;2\n",
                                      json("{'rowing': '1', 'diving': '2'}"), json("{'1': 'rowing', '2': 'diving'}")}) {
            MadeFolder folder;
            folder.file("clips/a.mp4");
            folder.file("class_names.txt", map);
            folder.file("train.txt", "clips/a.mp4 2\n");
            const auto listing = folder.scan();
            QCOMPARE(told(listing, "clips/a.mp4"), std::string("train diving"));
            QCOMPARE(listing.counts.empty_classes.examples, std::vector<std::string>{"rowing"});
        }
    }

    void numbersWithoutNamesAreSaid() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("clips/b.mp4");
        folder.file("train.txt", "clips/a.mp4 0\nclips/b.mp4 1\n");
        QVERIFY(any_note(folder.scan(), "label_map.txt"));
    }

    void anotherSpellingIsFoundWhereNothingElseIs() {
        MadeFolder folder;
        folder.file("Brush Hair/My Clip_1 .mp4");
        folder.file("brush_hair/exact.mp4");
        folder.file("train.csv", "path,label\nbrush_hair/my_clip 1.mp4,brush hair\nbrush hair/exact.mp4,brush hair\n");
        const auto listing = folder.scan();
        QCOMPARE(listing.counts.found.count, int64_t{2});
        QVERIFY(any_note(listing, "spelling"));
        QCOMPARE(listing.classes, std::vector<std::string>{"brush hair"});
    }

    void windowsAnsiListsAndFileNamesMeet() {
        MadeFolder folder;
        folder.file("clips/p\u00e9tanque.mp4");
        folder.file("train.csv", "path;label\r\nclips/p\xE9tanque.mp4;p\xE9tanque\r\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/p\u00e9tanque.mp4"), std::string("train p\u00e9tanque"));
    }

    void namesThatDifferInTheirNormalisationAloneStayApart() {
        MadeFolder folder;
        folder.file("clips/\u00e9.mp4");
        folder.file("clips/e\u0301.mp4");
        const auto listing = folder.scan();
        QCOMPARE(listing.clips.size(), size_t(2));
        QVERIFY(listing.clips[0].name != listing.clips[1].name);
        QVERIFY(listing.clips[0].path != listing.clips[1].path);
    }

    void classesAreComparedWithoutDress() {
        MadeFolder folder;
        for (const char* clip : {"HandStandPushups/a.mp4", "handstand_pushups/b.mp4", "Handstand-Pushups/c.mp4",
                                 "handstand pushups/d.mp4", "1-2/e.mp4", "12/f.mp4"})
            folder.file(clip);
        QCOMPARE(folder.scan().classes.size(), size_t(3));
    }
};

REST_TEST(TestListMatching)
#include "test_list_matching.moc"
