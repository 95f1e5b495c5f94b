// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/dataset/csv.h"
#include "core/dataset/dataset.h"
#include "core/dataset/list_line.h"
#include "core/dataset/split_name.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;

class TestNames : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void classNamesAreSpaced_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("readable");
        for (const auto& [from, to] : {std::pair{"ApplyEyeMakeup", "Apply Eye Makeup"},
                                       {"brush_hair", "brush hair"},
                                       {"TaiChi", "Tai Chi"},
                                       {"YoYo", "Yo Yo"},
                                       {"HandstandPushups", "Handstand Pushups"},
                                       {"watching TV", "watching TV"},
                                       {"TVShow", "TV Show"},
                                       {"watchTV", "watch TV"},
                                       {"playing with iPhone", "playing with iPhone"},
                                       {"  a__b  c ", "a b c"},
                                       {"", ""},
                                       {"_", ""},
                                       {"Éclair_Über", "Éclair Über"},
                                       {"shooting goal (soccer)", "shooting goal (soccer)"}}) {
            QTest::newRow(from) << QString(from) << QString(to);
        }
    }
    void classNamesAreSpaced() {
        QFETCH(QString, written);
        QFETCH(QString, readable);
        QCOMPARE(QString::fromStdString(readable_class_name(written.toStdString())), readable);
    }

    void splitsAreReadInAllSpellings() {
        for (const char* name : {"train", "Training", " TRAIN "}) QVERIFY(split_from_string(name) == Split::train);
        for (const char* name : {"val", "validate", "Validation", "valid"})
            QVERIFY(split_from_string(name) == Split::val);
        for (const char* name : {"test", "Testing"}) QVERIFY(split_from_string(name) == Split::test);
        for (const char* name : {"", "trains", "training dog"}) QVERIFY(!split_from_string(name));
        for (const Split split : {Split::train, Split::val, Split::test})
            QVERIFY(split_from_string(to_string(split)) == split);
    }

    void splitsOfFoldersAndLists() {
        QVERIFY(split_of_folder("train_256") == Split::train);
        QVERIFY(split_of_folder("videos-val") == Split::val);
        QVERIFY(!split_of_folder("training_dog"));
        QVERIFY(!split_of_folder("test_driving_car"));
        QVERIFY(!split_of_folder("train_test"));
        QVERIFY(split_of_list("annotations/k700-validate.csv") == Split::val);
        QVERIFY(split_of_list("kinetics400_test_list_videos.txt") == Split::test);
        QVERIFY(!split_of_list("constraints.csv"));
    }

    void placesTellSplitAndLabel() {
        QCOMPARE(place_of("videos/train/riding_bike/a.mp4").label, std::string("riding_bike"));
        QVERIFY(place_of("videos/train/riding_bike/a.mp4").split == Split::train);
        QCOMPARE(place_of("train/rowing/part 1/a.mp4").label, std::string("rowing"));
        QCOMPARE(place_of("val/a.mp4").label, std::string());
        QCOMPARE(place_of("UCF-101/TaiChi/a.avi").label, std::string("TaiChi"));
        QCOMPARE(place_of("videos/a.mp4").label, std::string());
        QVERIFY(!place_of("a.mp4").split);
    }

    void layoutsHaveNames() {
        for (const Layout layout :
             {Layout::automatic, Layout::kinetics, Layout::ucf101, Layout::hmdb51, Layout::mmaction2, Layout::flat}) {
            QVERIFY(layout_from_string(to_string(layout)) == layout);
        }
        try {
            layout_from_string("imagenet");
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::invalid_argument);
            QVERIFY(e.full_text().find("imagenet") != std::string::npos);
            QVERIFY(e.full_text().find("mmaction2") != std::string::npos);
        }
    }

    void videoFilesAreKnownByExtension() {
        for (const char* name : {"a.mp4", "B.MKV", "x/y.z/c.webm", "d.avi", "e.mov", "f.mpeg"})
            QVERIFY(is_video_file(name));
        for (const char* name : {"a.txt", "mp4", ".mp4", "a.mp4.part", "x.avi/notes", "a.jpg"})
            QVERIFY(!is_video_file(name));
    }

    void csvFieldsMayBeQuoted() {
        CsvReader reader(
            "\xEF\xBB\xBF"
            "a, b ,\"c, \"\"d\"\"\"\r\n\r\n\"two\nlines\",,x\nlast");
        std::vector<std::string> row;
        using Row = std::vector<std::string>;
        QVERIFY(reader.next(row));
        QVERIFY((row == Row{"a", "b", "c, \"d\""}));
        QVERIFY(reader.next(row));
        QVERIFY((row == Row{"two\nlines", "", "x"}));
        QVERIFY(reader.next(row));
        QVERIFY((row == Row{"last"}));
        QVERIFY(!reader.next(row));
        CsvReader cut("a,\"never closed");
        QVERIFY(cut.next(row));
        QVERIFY((row == Row{"a", "never closed"}));
        QVERIFY(!cut.next(row));
    }

    void listLinesAreReadFromTheRight() {
        const auto line = read_list_line("  a folder/clip 7.avi 163\t4 ");
        QCOMPARE(line.path, std::string_view("a folder/clip 7.avi"));
        QVERIFY((line.numbers == std::vector<int>{163, 4}));
        QCOMPARE(read_list_line("alone.avi").path, std::string_view("alone.avi"));
        QVERIFY(read_list_line("").path.empty());
        QCOMPARE(number_after("trainlist03", "list"), 3);
        QCOMPARE(number_after("ucf101_train_split_2_videos", "split"), 2);
        QCOMPARE(number_after("brush_hair_test_split1", "_test_split"), 1);
        QCOMPARE(number_after("train", "list"), 0);
    }
};

REST_TEST(TestNames)
#include "test_names.moc"
