// SPDX-License-Identifier: GPL-3.0-or-later
// What spreadsheets, scripts and people do to lists beside what lists are for.
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

class TestListHabits : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void titlesAboveTheHeader_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("Apple Numbers") << QByteArray("Table 1\npath;label\nclips/a.mp4;rowing\n;surfing\n");
        QTest::newRow("empty rows") << QByteArray(",,\n\npath,label\nclips/a.mp4,rowing\n,surfing\n");
        QTest::newRow("Excel's separator") << QByteArray("sep=;\r\npath;label\r\nclips/a.mp4;rowing\r\n;surfing\r\n");
        QTest::newRow("pandas' index") << QByteArray(",path,label\n0,clips/a.mp4,rowing\n1,,surfing\n");
        QTest::newRow("units") << QByteArray("Clip Name (relative),Label (one)\nclips/a.mp4,rowing\n,surfing\n");
    }
    void titlesAboveTheHeader() {
        QFETCH(QByteArray, text);
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("val.csv", text.toStdString());
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/a.mp4"), std::string("val rowing"));
        QCOMPARE(listing.counts.missing.count, int64_t{0});
        // The line is that of the file.
        const auto line =
            "line " + std::to_string(text.left(text.indexOf(QByteArrayLiteral("surfing"))).count('\n') + 1);
        QCOMPARE(listing.problems.size(), size_t{1});
        QVERIFY2(listing.problems[0].message.find(line) != std::string::npos, listing.problems[0].message.c_str());
    }

    void wordsForNoLabel() {
        for (const char* none : {"nan", "NaN", "NULL", "#N/A", "\\N", "-1", ""}) {
            MadeFolder folder;
            folder.file("clips/a.mp4");
            folder.file("clips/b.mp4");
            folder.file("classes.txt", "rowing\nsurfing\n");
            for (const auto& header : {std::string("path,label\n"), std::string()}) {
                folder.file("val.csv", header + "clips/a.mp4,1\nclips/b.mp4," + none + "\n");
                const auto listing = folder.scan();
                QCOMPARE(told(listing, "clips/a.mp4"), std::string("val surfing"));
                QCOMPARE(told(listing, "clips/b.mp4"), std::string("val -"));
                QCOMPARE(listing.classes.size(), size_t{2});
            }
        }
    }

    /// A quote that nothing closes, or that only a later row's closes, swallows no row.
    void strayQuotes() {
        MadeFolder folder;
        for (const char* clip : {"clips/\"a.mp4", "clips/b.mp4", "clips/c, d.mp4", "clips/e.mp4"}) folder.file(clip);
        folder.file("val.csv",
                    "path,label\n\"clips/x.mp4,rowing\nclips/b.mp4,rowing\n\"clips/c, d.mp4\",surfing\n"
                    "\"clips/y.mp4,rowing\nclips/e.mp4,\"surf\"\"ing\"\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/b.mp4"), std::string("val rowing"));
        QCOMPARE(told(listing, "clips/c, d.mp4"), std::string("val surfing"));
        QCOMPARE(told(listing, "clips/e.mp4"), std::string("val surf\"ing"));
        QCOMPARE(listing.counts.missing.count, int64_t{2});
    }

    void numbersThatJsonHasNoWordFor() {
        MadeFolder folder;
        folder.file("NaN.mp4");
        folder.file("b.mp4");
        folder.file("val.json", json("[{'video': 'NaN.mp4', 'label': 'an Infinity \\'pool\\'', 'score': NaN},"
                                     "{'video': 'b.mp4', 'label': NaN, 'score': -Infinity}]"));
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "NaN.mp4"), std::string("val an Infinity \"pool\""));
        QCOMPARE(told(listing, "b.mp4"), std::string("val -"));
        folder.file("val.json", json("[{'video': 'NaN.mp4', 'score': NaN"));
        QVERIFY(has_problem(folder.scan(), "val.json", ErrorCode::unsupported));
    }

    /// Lists that were made for folders of frames, beside the videos themselves.
    void listsOfFramesWhereTheVideosAre() {
        MadeFolder folder;
        for (const char* clip : {"abseiling/51GJ2uVXjvM_001007_001017.mp4", "writing/Uci8kXgdGS0_000171_000181.mp4",
                                 "capoeira/H6pT32OzxFU_000029_000039.mp4"})
            folder.file(clip);
        folder.file("classes.txt", "abseiling\nwriting\ncapoeira\n");
        folder.file("train_list_rawframes.txt",
                    "abseiling/51GJ2uVXjvM_001007_001017 250 0\nwriting/Uci8kXgdGS0_000171_000181 300 1\n"
                    "data/kinetics400/rawframes_train/capoeira/H6pT32OzxFU_000029_000039 43\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "abseiling/51GJ2uVXjvM_001007_001017.mp4"), std::string("train abseiling"));
        QCOMPARE(told(listing, "writing/Uci8kXgdGS0_000171_000181.mp4"), std::string("train writing"));
        // How many frames, or the class: that cannot be told.
        QCOMPARE(told(listing, "capoeira/H6pT32OzxFU_000029_000039.mp4"), std::string("train -"));
        QVERIFY(has_problem(listing, "train_list_rawframes.txt", ErrorCode::damaged));
    }

    void linesThatPeopleWriteByHand() {
        MadeFolder folder;
        folder.file("train/drinking (31).mp4");
        folder.file("train/lecture (32).mp4");
        folder.file("train.txt",
                    "train\nclassroomvideo/train/drinking (31).mp4  1\n\n"
                    "classroomvideo/train/lecture (32).mp4\t 2 \n.......\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "train/drinking (31).mp4"), std::string("train class 1"));
        QCOMPARE(told(listing, "train/lecture (32).mp4"), std::string("train class 2"));
        QCOMPARE(listing.counts.missing.count, int64_t{0});
    }

    void clipsThatAreGifs() {
        MadeFolder folder;
        folder.file("train/rowing/a.gif");
        folder.file("val/rowing/b.GIF");
        folder.file("val/rowing/c.jpg");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "train/rowing/a.gif"), std::string("train rowing"));
        QCOMPARE(told(listing, "val/rowing/b.GIF"), std::string("val rowing"));
        QCOMPARE(listing.other_files, int64_t{1});
        folder.file("train/rowing/a.mp4");  // a.gif shows what it is
        const auto videos = folder.scan();
        QCOMPARE(videos.clips.size(), size_t{1});
        QCOMPARE(videos.other_files, int64_t{3});
    }
};

REST_TEST(TestListHabits)
#include "test_list_habits.moc"
