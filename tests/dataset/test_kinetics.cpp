// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "tests/dataset/made_folder.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::has_problem;
using rest::test::MadeFolder;
using rest::test::told;

class TestKinetics : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void csvRowsFindTheirClips() {
        MadeFolder folder;
        folder.file("train/abseiling/--0l35AkU34_000062_000072.mp4");
        folder.file("train/abseiling/a_b-c_d_e_f_000417_000427.mp4");
        folder.file("val/0wR5jVB-WPk_000417_000427.mp4");
        folder.file("test/_est_est_es_000001_000011.mkv");
        folder.file("train.csv",
                    "label,youtube_id,time_start,time_end,split,is_cc\n"
                    "\"abseiling\",--0l35AkU34,62,72,train,0\n"
                    "\"abseiling\",a_b-c_d_e_f,417.0,427.0,train,0\n"
                    "\"washing, \"\"hands\"\"\",gone_0000-1,5,15,train,0\n");
        folder.file("validate.csv",
                    "split,time_end,youtube_id,time_start,label\nvalidate,427,0wR5jVB-WPk,417,rope_skipping\n");
        folder.file("test.csv", "youtube_id,time_start,time_end,split\n_est_est_es,1,11,test\n");
        const auto listing = folder.scan();
        QCOMPARE(listing.layout, Layout::kinetics);
        QCOMPARE(told(listing, "train/abseiling/--0l35AkU34_000062_000072.mp4"), std::string("train abseiling"));
        QCOMPARE(told(listing, "train/abseiling/a_b-c_d_e_f_000417_000427.mp4"), std::string("train abseiling"));
        QCOMPARE(told(listing, "val/0wR5jVB-WPk_000417_000427.mp4"), std::string("val rope skipping"));
        QCOMPARE(told(listing, "test/_est_est_es_000001_000011.mkv"), std::string("test -"));
        QVERIFY((listing.classes == std::vector<std::string>{"abseiling", "rope skipping", "washing, \"hands\""}));
        QCOMPARE(listing.problems.size(), size_t(1));
        QVERIFY(has_problem(listing, "gone_0000-1_000005_000015", ErrorCode::not_found));
        QCOMPARE(listing.other_files, int64_t(0));
    }

    void oneClipInTwoSplitFoldersGoesWithItsSplit() {
        MadeFolder folder;
        folder.file("val/x/0wR5jVB-WPk_000417_000427.mp4");
        folder.file("test/x/0wR5jVB-WPk_000417_000427.mp4");
        folder.file("test.csv", "label,youtube_id,time_start,time_end,split\nx,0wR5jVB-WPk,417,427,test\n");
        folder.file("val.csv", "label,youtube_id,time_start,time_end,split\nx,0wR5jVB-WPk,417,427,val\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "val/x/0wR5jVB-WPk_000417_000427.mp4"), std::string("val x"));
        QCOMPARE(told(listing, "test/x/0wR5jVB-WPk_000417_000427.mp4"), std::string("test x"));
        QVERIFY(listing.problems.empty());
    }

    void doublesAndEmptyFilesAreProblems() {
        MadeFolder folder;
        folder.file("clips/0wR5jVB-WPk_000417_000427.mp4");
        folder.file("clips/1wR5jVB-WPk_000417_000427.mp4", "");
        const auto list =
            folder.file("list.csv",
                        "label,youtube_id,time_start,time_end,split\n"
                        "x,0wR5jVB-WPk,417,427,val\ny,0wR5jVB-WPk,417,427,train\nx,1wR5jVB-WPk,417,427,val\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/0wR5jVB-WPk_000417_000427.mp4"), std::string("val x"));
        QCOMPARE(listing.clips.size(), size_t(1));
        QVERIFY(has_problem(listing, "0wR5jVB-WPk", ErrorCode::invalid_argument));
        QVERIFY(has_problem(listing, "1wR5jVB-WPk", ErrorCode::damaged));
    }

    void splitThatIsNotHereIsOneProblem() {
        MadeFolder folder;
        folder.file("val/a/0wR5jVB-WPk_000417_000427.mp4");
        folder.file("val.csv", "label,youtube_id,time_start,time_end,split\na,0wR5jVB-WPk,417,427,val\n");
        std::string train = "label,youtube_id,time_start,time_end,split\n";
        for (int i = 100; i < 200; ++i) train += "b,absent00" + std::to_string(i) + ",1,11,train\n";
        folder.file("train.csv", train);
        const auto listing = folder.scan();
        QCOMPARE(listing.clips.size(), size_t(1));
        QCOMPARE(listing.problems.size(), size_t(1));
        QVERIFY(listing.problems[0].message.find("100 train") != std::string::npos);
    }

    void aGivenListTakesOnlyItsClips() {
        MadeFolder folder;
        folder.file("videos/train/a/one.mp4");
        folder.file("videos/train/a/two.mp4");
        const auto list = folder.file("lists/k400_val.csv", "path,label\ntrain/a/two.mp4,some_thing\n");
        const auto listing = MadeFolder::scan(list);
        QCOMPARE(listing.root, folder.root());
        QCOMPARE(listing.clips.size(), size_t(1));
        QCOMPARE(told(listing, "videos/train/a/two.mp4"), std::string("val some thing"));
    }

    void listsWithoutTimesGoById() {
        MadeFolder folder;
        folder.file("train/_a-b_c_d_e-_000001_000011.mp4");
        folder.file("train/plain.mp4");
        folder.file("train.csv", "youtube_id,label\n_a-b_c_d_e-,x\nplain,y\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "train/_a-b_c_d_e-_000001_000011.mp4"), std::string("train x"));
        QCOMPARE(told(listing, "train/plain.mp4"), std::string("train y"));
    }

    void foldersAloneTellSplitsAndLabels() {
        MadeFolder folder;
        folder.file("videos/train/riding or walking with horse/a_000001_000011.mp4");
        folder.file("videos/validation/riding_or_walking_with_horse/b_000001_000011.mp4");
        folder.file("videos/test/c_000001_000011.mp4");
        folder.file("extras/d.mp4");
        const auto listing = folder.scan();
        QCOMPARE(listing.layout, Layout::kinetics);
        QVERIFY((listing.classes == std::vector<std::string>{"riding or walking with horse"}));
        QCOMPARE(told(listing, "videos/train/riding or walking with horse/a_000001_000011.mp4"),
                 std::string("train riding or walking with horse"));
        QCOMPARE(told(listing, "videos/validation/riding_or_walking_with_horse/b_000001_000011.mp4"),
                 std::string("val riding or walking with horse"));
        QCOMPARE(told(listing, "videos/test/c_000001_000011.mp4"), std::string("test -"));
        QCOMPARE(told(listing, "extras/d.mp4"), std::string("absent"));
        QCOMPARE(listing.problems.size(), size_t(1));
    }

    void aCsvWithoutHeaderIsRefused() {
        MadeFolder folder;
        folder.file("a.mp4");
        const auto list = folder.file("list.csv", "abseiling,0wR5jVB-WPk,417,427\n");
        QVERIFY_THROWS_EXCEPTION(Error, MadeFolder::scan(list));
        QVERIFY_THROWS_EXCEPTION(Error, MadeFolder::scan(list, Layout::kinetics));
        QCOMPARE(folder.scan().layout, Layout::flat);
    }

    void nothingFoundOfAListIsAnError() {
        MadeFolder folder;
        folder.file("other/a.mp4");
        const auto list = folder.file("val.csv", "label,youtube_id,time_start,time_end\nx,0wR5jVB-WPk,417,427\n");
        try {
            MadeFolder::scan(list);
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::not_found);
            QVERIFY(std::string(e.what()).find("1 listed clips are missing") != std::string::npos);
        }
    }

    void aHundredThousandRowsAreReadQuickly() {
        MadeFolder folder;
        std::string csv = "label,youtube_id,time_start,time_end,split\n";
        for (int i = 0; i < 100000; ++i) {
            const std::string id = "id_" + std::to_string(10000000 + i);
            csv += "class " + std::to_string(i % 400) + "," + id + ",1,11,train\n";
            if (i % 20 == 0) folder.file("train/" + id + "_000001_000011.mp4");
        }
        folder.file("train.csv", csv);
        test::ProcessorTimer timer;
        timer.start();
        const auto listing = folder.scan();
        qInfo("100,000 rows, 5,000 clips there: %lld ms", static_cast<long long>(timer.elapsed()));
        QCOMPARE(listing.clips.size(), size_t(5000));
        QCOMPARE(listing.problems.size(), size_t(95000));
        QVERIFY(timer.elapsed() < 10000);
    }
};

REST_TEST(TestKinetics)
#include "test_kinetics.moc"
