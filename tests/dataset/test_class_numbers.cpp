// SPDX-License-Identifier: GPL-3.0-or-later
// Lists and lists of classes that do not begin to count at the same number.
#include <QtTest/QtTest>

#include "tests/dataset/made_folder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::any_note;
using rest::test::MadeFolder;
using rest::test::told;

class TestClassNumbers : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    /// UCF101's classInd.txt beside lists that were written for a network, whose classes begin at 0.
    void aNumberThatOnlyOneReadingNames() {
        MadeFolder folder;
        for (const char* clip : {"clips/a.mp4", "clips/b.mp4", "clips/c.mp4"}) folder.file(clip);
        folder.file("classInd.txt", "1 rowing\n2 diving\n3 surfing\n");
        folder.file("train.txt", "clips/a.mp4 0\nclips/b.mp4 1\nclips/c.mp4 2\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/a.mp4"), std::string("train rowing"));
        QCOMPARE(told(listing, "clips/c.mp4"), std::string("train surfing"));
        QVERIFY(any_note(listing, "from 0"));
    }

    void foldersTell() {
        MadeFolder folder;
        for (const char* clip : {"diving/b.mp4", "surfing/c.mp4"}) folder.file(clip);
        folder.file("classInd.txt", "1 rowing\n2 diving\n3 surfing\n");
        folder.file("train.txt", "diving/b.mp4 1\nsurfing/c.mp4 2\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "diving/b.mp4"), std::string("train diving"));
        QCOMPARE(told(listing, "surfing/c.mp4"), std::string("train surfing"));
        QCOMPARE(listing.counts.empty_classes.examples, std::vector<std::string>{"rowing"});
    }

    void whatFitsStays() {
        MadeFolder folder;
        for (const char* clip : {"clips/a.mp4", "clips/b.mp4"}) folder.file(clip);
        folder.file("classInd.txt", "1 rowing\n2 diving\n3 surfing\n");
        folder.file("train.txt", "clips/a.mp4 1\nclips/b.mp4 2\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/a.mp4"), std::string("train rowing"));
        QCOMPARE(told(listing, "clips/b.mp4"), std::string("train diving"));
    }

    /// A list of classes that was cut short is not another way of counting.
    void foldersCountMoreThanRanges() {
        MadeFolder folder;
        for (const char* clip : {"diving/b.mp4", "surfing/c.mp4"}) folder.file(clip);
        folder.file("classes.txt", "rowing\ndiving\n");
        folder.file("train.txt", "diving/b.mp4 1\nsurfing/c.mp4 2\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "diving/b.mp4"), std::string("train diving"));
        QCOMPARE(told(listing, "surfing/c.mp4"), std::string("train -"));
        QCOMPARE(listing.problems.size(), size_t{1});
    }

    void officialListsThatBeginAtZero() {
        MadeFolder folder;
        folder.file("Archery/v_Archery_g08_c01.avi");
        folder.file("YoYo/v_YoYo_g08_c01.avi");
        folder.file("YoYo/v_YoYo_g01_c01.avi");
        folder.file("classInd.txt", "1 Archery\n2 YoYo\n");
        folder.file("trainlist01.txt", "Archery/v_Archery_g08_c01.avi 0\nYoYo/v_YoYo_g08_c01.avi 1\n");
        folder.file("testlist01.txt", "YoYo/v_YoYo_g01_c01.avi\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "Archery/v_Archery_g08_c01.avi"), std::string("train Archery"));
        QCOMPARE(told(listing, "YoYo/v_YoYo_g08_c01.avi"), std::string("train Yo Yo"));
        QCOMPARE(told(listing, "YoYo/v_YoYo_g01_c01.avi"), std::string("test Yo Yo"));
        QCOMPARE(listing.classes.size(), size_t{2});
    }

    void namesInAnObjectOfTheirOwn() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("classes.json", "{\"classes\": [\"rowing\", \"diving\"]}");
        folder.file("train.txt", "clips/a.mp4 1\n");
        QCOMPARE(told(folder.scan(), "clips/a.mp4"), std::string("train diving"));
    }

    void theLargestNumbersAreNumbers() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("classes.txt", "2147483647 rowing\n");
        folder.file("train.txt", "clips/a.mp4 2147483647\n");
        QCOMPARE(told(folder.scan(), "clips/a.mp4"), std::string("train rowing"));
    }
};

REST_TEST(TestClassNumbers)
#include "test_class_numbers.moc"
