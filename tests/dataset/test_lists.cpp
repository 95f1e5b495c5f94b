// SPDX-License-Identifier: GPL-3.0-or-later
// UCF101, HMDB51 and mmaction2 lists, in small.
#include <QtTest/QtTest>

#include "tests/dataset/made_folder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::has_problem;
using rest::test::MadeFolder;
using rest::test::told;

class TestLists : public QObject {
    Q_OBJECT

    static void makeUcf(const MadeFolder& folder) {
        folder.file("ucfTrainTestlist/classInd.txt", "1 YoYo\r\n2 ApplyEyeMakeup\r\n");
        for (const char* number : {"01", "02"}) {
            const std::string swapped = std::string(number) == "01" ? "g08" : "g01";
            const std::string other = std::string(number) == "01" ? "g01" : "g08";
            folder.file(std::string("ucfTrainTestlist/trainlist") + number + ".txt",
                        "ApplyEyeMakeup/v_ApplyEyeMakeup_" + swapped + "_c01.avi 2\r\nYoYo/v_YoYo_" + swapped +
                            "_c01.avi 1\r\n");
            folder.file(std::string("ucfTrainTestlist/testlist") + number + ".txt",
                        "ApplyEyeMakeup/v_ApplyEyeMakeup_" + other + "_c01.avi\r\n");
        }
        folder.file("UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi");
        folder.file("UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi");
        folder.file("UCF-101/YoYo/v_YoYo_g08_c01.mp4");
    }

  private Q_SLOTS:
    void ucfTakesTheFirstSplitAndTheListsOrderOfClasses() {
        MadeFolder folder;
        makeUcf(folder);
        const auto listing = folder.scan();
        QCOMPARE(listing.layout, Layout::ucf101);
        QVERIFY((listing.classes == std::vector<std::string>{"Yo Yo", "Apply Eye Makeup"}));
        QCOMPARE(told(listing, "UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi"),
                 std::string("train Apply Eye Makeup"));
        QCOMPARE(told(listing, "UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi"),
                 std::string("test Apply Eye Makeup"));
        QCOMPARE(told(listing, "UCF-101/YoYo/v_YoYo_g08_c01.mp4"), std::string("train Yo Yo"));
        QVERIFY(listing.problems.empty());
    }

    void ucfListGivenByNameChoosesItsSplit() {
        MadeFolder folder;
        makeUcf(folder);
        const auto listing = MadeFolder::scan(folder.root() / "ucfTrainTestlist" / "trainlist02.txt");
        QCOMPARE(told(listing, "UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi"),
                 std::string("train Apply Eye Makeup"));
        QCOMPARE(listing.clips.size(), size_t(1));
        QVERIFY(has_problem(listing, "v_YoYo_g01_c01.avi", ErrorCode::not_found));
    }

    void ucfVideosInOneFolderWithoutClassIndex() {
        MadeFolder folder;
        folder.file("videos/v_TaiChi_g01_c01.avi");
        folder.file("trainlist01.txt", "TaiChi/v_TaiChi_g01_c01.avi 1\n");
        QCOMPARE(told(folder.scan(), "videos/v_TaiChi_g01_c01.avi"), std::string("train Tai Chi"));
    }

    void ucfWithoutListsSaysSo() {
        MadeFolder folder;
        folder.file("UCF-101/TaiChi/v_TaiChi_g01_c01.avi");
        QVERIFY_THROWS_EXCEPTION(Error, folder.scan(Layout::ucf101));
        QCOMPARE(told(folder.scan(), "UCF-101/TaiChi/v_TaiChi_g01_c01.avi"), std::string("train Tai Chi"));
    }

    void hmdbReadsUseByNumber() {
        MadeFolder folder;
        folder.file("splits/brush_hair_test_split1.txt", "a#1.avi 1 \nb [x].avi 2 \nc.avi 0 \ngone.avi 1\n");
        folder.file("splits/brush_hair_test_split2.txt", "a#1.avi 2 \nb [x].avi 1 \nc.avi 1 \n");
        folder.file("splits/ride_bike_test_split1.txt", "a#1.avi 2 \n");
        for (const char* name : {"brush_hair/a#1.avi", "brush_hair/b [x].avi", "brush_hair/c.avi", "ride_bike/a#1.avi"})
            folder.file(name);
        const auto listing = folder.scan();
        QCOMPARE(listing.layout, Layout::hmdb51);
        QVERIFY((listing.classes == std::vector<std::string>{"brush hair", "ride bike"}));
        QCOMPARE(told(listing, "brush_hair/a#1.avi"), std::string("train brush hair"));
        QCOMPARE(told(listing, "brush_hair/b [x].avi"), std::string("test brush hair"));
        QCOMPARE(told(listing, "brush_hair/c.avi"), std::string("absent"));
        QCOMPARE(told(listing, "ride_bike/a#1.avi"), std::string("test ride bike"));
        QCOMPARE(listing.problems.size(), size_t(1));
        QVERIFY(has_problem(listing, "gone.avi", ErrorCode::not_found));
    }

    void mmactionListsTakeNamesFromTheLabelMap() {
        MadeFolder folder;
        folder.file("label_map_k400.txt", "zumba\nair_drumming\n");
        folder.file("k400_train_list_videos.txt",
                    "air_drumming/000.mp4 1\nzumba/with blank 1.mp4 0\nzumba/000.mp4 7\n");
        folder.file("k400_val_list_videos.txt",
                    "some/prefix/val/zumba/000.mp4 0\nval/gone.mp4 0\nval/zumba/none.mp4\n");
        folder.file("k400_val_list_rawframes.txt", "zumba/frames 163 0\n");
        folder.file("videos_train/air_drumming/000.mp4");
        folder.file("videos_train/zumba/with blank 1.mp4");
        folder.file("videos_train/zumba/000.mp4");
        folder.file("val/zumba/000.mp4");
        folder.file("val/zumba/none.mp4");
        const auto listing = folder.scan();
        QCOMPARE(listing.layout, Layout::mmaction2);
        QVERIFY((listing.classes == std::vector<std::string>{"zumba", "air drumming"}));
        QCOMPARE(told(listing, "videos_train/air_drumming/000.mp4"), std::string("train air drumming"));
        QCOMPARE(told(listing, "videos_train/zumba/with blank 1.mp4"), std::string("train zumba"));
        QCOMPARE(told(listing, "videos_train/zumba/000.mp4"), std::string("train -"));
        QCOMPARE(told(listing, "val/zumba/000.mp4"), std::string("val zumba"));
        QCOMPARE(told(listing, "val/zumba/none.mp4"), std::string("val -"));
        QVERIFY(has_problem(listing, "val/gone.mp4", ErrorCode::not_found));
        QVERIFY(has_problem(listing, "k400_train_list_videos.txt", ErrorCode::invalid_argument));
        QCOMPARE(listing.problems.size(), size_t(2));
    }

    void numbersBeyondAllClassesCostNothing() {
        MadeFolder folder;
        folder.file("x_train_list_videos.txt", "a/1.avi 2147483647\na/2.avi 99999999999999999999\nb/3.avi 5\n");
        for (const char* clip : {"a/1.avi", "a/2.avi", "b/3.avi"}) folder.file(clip);
        const auto listing = folder.scan(Layout::mmaction2);
        QCOMPARE(listing.classes.size(), size_t{2});
        QCOMPARE(told(listing, "a/1.avi"), std::string("train a"));
        QCOMPARE(told(listing, "b/3.avi"), std::string("train b"));
    }

    void ucfClassNumbersBeyondAnIntegerArePassedOver() {
        MadeFolder folder;
        folder.file("classInd.txt", "1 Archery\n99999999999999999999 Rowing\n-99999999999999999999 Diving\nx Yoyo\n");
        folder.file("trainlist01.txt", "Archery/v_Archery_g01_c01.avi 1\n");
        folder.file("Archery/v_Archery_g01_c01.avi");
        QVERIFY((folder.scan().classes == std::vector<std::string>{"Archery"}));
    }

    void mmactionSplitsAreNotMixed() {
        MadeFolder folder;
        folder.file("x_train_split_1_videos.txt", "a/1.avi 0\n");
        folder.file("x_val_split_1_videos.txt", "a/2.avi 0\n");
        folder.file("x_train_split_2_videos.txt", "a/2.avi 0\n");
        folder.file("x_val_split_2_videos.txt", "a/1.avi 0\n");
        folder.file("videos/a/1.avi");
        folder.file("videos/a/2.avi");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "videos/a/1.avi"), std::string("train a"));
        QCOMPARE(told(listing, "videos/a/2.avi"), std::string("val a"));
        QVERIFY(listing.problems.empty());
        const auto second = MadeFolder::scan(folder.root() / "x_val_split_2_videos.txt");
        QCOMPARE(told(second, "videos/a/1.avi"), std::string("val a"));
    }

    void listsMayPointOutsideTheirFolder() {
        MadeFolder folder;
        MadeFolder elsewhere;
        const auto far = elsewhere.file("deep/far.mp4");
        const auto empty = elsewhere.file("deep/empty.mp4", "");
        folder.file("set/lists/near.mp4");
        folder.file("set/side/beside.mp4");
        const auto list = folder.file(
            "set/lists/train.txt", far.string() + " 0\n" + empty.string() + " 0\n../side/beside.mp4 1\nnear.mp4 1\n");
        const auto listing = MadeFolder::scan(list);
        QCOMPARE(listing.clips.size(), size_t(3));
        for (const auto& clip : listing.clips) QVERIFY(std::filesystem::exists(clip.path) && clip.label >= 0);
        QVERIFY(has_problem(listing, "empty.mp4", ErrorCode::damaged));
    }

    void listsOfFramesAreRefusedWithReason() {
        MadeFolder folder;
        folder.file("other.mp4");
        const auto list = folder.file("train.txt", "some/dir 163 1\nsome/other 12 0\n");
        try {
            MadeFolder::scan(list);
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::unsupported);
            QVERIFY(std::string(e.what()).find("frames") != std::string::npos);
        }
    }
};

REST_TEST(TestLists)
#include "test_lists.moc"
