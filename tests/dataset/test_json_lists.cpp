// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lists in the shapes that data sets and annotation programs write.
#include <QtTest/QtTest>

#include "tests/dataset/made_folder.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::has_problem;
using rest::test::json;
using rest::test::MadeFolder;
using rest::test::told;

class TestJsonLists : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void twoClipsInManyShapes_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* what, const char* name, const char* text) {
            QTest::newRow(what) << name << QByteArray::fromStdString(json(text));
        };
        row("classes by video", "val.json", "{'a.mp4': 'rowing', 'b.mp4': 'tai chi'}");
        row("classes by id", "val.json", "{'a': 'rowing', 'clips/b': 'tai chi'}");
        row("classes by video, by split", "lists.json",
            "{'train': {}, 'val': {'a.mp4': 'rowing', 'b.mp4': 'tai_chi'}}");
        row("videos by class", "val.json", "{'rowing': ['clips/a.mp4'], 'tai chi': ['clips/b.mp4']}");
        row("videos by class, by split", "lists.json",
            "{'training': {'rowing': []}, 'validation': {'rowing': ['a.mp4'], 'tai chi': ['b.mp4']}}");
        row("FiftyOne", "val_labels.json", "{'classes': ['rowing', 'tai chi'], 'labels': {'a': 0, 'b': 1}}");
        row("objects by video under a split", "lists.json",
            "{'val': {'a': {'label': 'rowing'}, 'b': {'label': 'tai chi'}}, 'info': {'year': 2019, 'version': '1.0'}}");
        row("one object a line, one line", "val.json",
            "{'video': 'a.mp4', 'label': 'rowing'}\n"
            "{'video': 'b.mp4', 'label': 'tai chi'}");
        row("paths that are called ids", "val.json",
            "[{'video_id': 'clips/a.mp4', 'class': 'rowing'}, {'video_id': 'b.mp4', 'class': 'tai chi'}]");
        row("Label Studio, least JSON", "val.json",
            "[{'id': 1, 'video': '/data/local-files/?d=clips/a%2Emp4', 'choice': 'rowing', 'annotator': 1},"
            " {'id': 2, 'video': '/data/upload/1/0a1b2c3d-b.mp4', 'choice': 'tai chi', 'annotator': 1}]");
    }
    void twoClipsInManyShapes() {
        QFETCH(QString, name);
        QFETCH(QByteArray, text);
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("clips/b.mp4");
        folder.file(name.toStdString(), text.toStdString());
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/a.mp4"), std::string("val rowing"));
        QCOMPARE(told(listing, "clips/b.mp4"), std::string("val tai chi"));
        QCOMPARE(listing.counts.found.count, int64_t{2});
        QCOMPARE(listing.counts.missing.count, int64_t{0});
        QCOMPARE(listing.counts.twice.count, int64_t{0});
        QVERIFY2(listing.problems.empty(), listing.problems.empty() ? "" : listing.problems[0].message.c_str());
    }

    void anObjectAlone() {
        MadeFolder folder;
        folder.file("a.mp4");
        folder.file("val.jsonl", json("{'video': 'a.mp4', 'label': 'rowing'}\n"));
        QCOMPARE(told(folder.scan(), "a.mp4"), std::string("val rowing"));
    }

    /// Captions of a clip are no further rows of it.
    void captionsBesideClips() {
        MadeFolder folder;
        folder.file("TrainValVideo/video0.mp4");
        folder.file("TrainValVideo/video1.mp4");
        folder.file("train_val_videodatainfo.json",
                    json("{'info': {'year': '2016'}, 'sentences': ["
                         "{'caption': 'a man rows', 'video_id': 'video0', 'sen_id': 0},"
                         "{'caption': 'someone rows', 'video_id': 'video0', 'sen_id': 1},"
                         "{'caption': 'a cook', 'video_id': 'video1', 'sen_id': 2}], 'videos': ["
                         "{'category': 9, 'url': 'https://www.youtube.com/watch?v=9lZi22qLlEo', 'video_id': 'video0',"
                         "'start time': 137.72, 'end time': 149.44, 'split': 'train', 'id': 0},"
                         "{'category': 16, 'url': 'https://www.youtube.com/watch?v=w4JM08PDEng', 'video_id': 'video1',"
                         "'start time': 184.33, 'end time': 195.92, 'split': 'validate', 'id': 1}]}"));
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "TrainValVideo/video0.mp4"), std::string("train class 9"));
        QCOMPARE(told(listing, "TrainValVideo/video1.mp4"), std::string("val class 16"));
        QCOMPARE(listing.counts.twice.count, int64_t{0});
        QCOMPARE(listing.counts.missing.count, int64_t{0});
    }

    void captionsAlone() {
        MadeFolder folder;
        folder.file("videos/Ptf_2VRj-V0_000122_000132.mp4");
        folder.file("videos/msvd/vid1.avi");
        folder.file("vatex_validation_v1.0.json",
                    json("[{'videoID': 'Ptf_2VRj-V0_000122_000132', 'enCap': ['a', 'b'], 'chCap': ['c']}]"));
        folder.file("msvd_train.json", json("[{'video': 'vid1.avi', 'caption': 'one', 'image_id': 3},"
                                            "{'video': 'vid1.avi', 'caption': 'two', 'image_id': 3}]"));
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "videos/Ptf_2VRj-V0_000122_000132.mp4"), std::string("val -"));
        QCOMPARE(told(listing, "videos/msvd/vid1.avi"), std::string("train -"));
        QCOMPARE(listing.counts.found.count, int64_t{2});
        QCOMPARE(listing.counts.twice.count, int64_t{0});
    }

    /// What a list says is not called something else.
    void whatIsLeftOutIsSaidAsItIs() {
        MadeFolder folder;
        folder.file("train/a.mp4");
        folder.file("list.json", json("[{'path': 'train/a.mp4', 'subset': 'fold 3'}]"));
        auto listing = folder.scan();
        QCOMPARE(listing.problems.size(), size_t{1});
        QVERIFY(listing.problems[0].message.find("\"fold 3\"") != std::string::npos);
        folder.file("list.json", json("[{'path': 'train/a.mp4', 'subset': 'fold 3'}, {'path': 'train/a.mp4'}, 7]"));
        listing = folder.scan();
        QCOMPARE(listing.problems.size(), size_t{2});
        QVERIFY(listing.problems[0].message.find("1 entries name no clip") != std::string::npos);
        QVERIFY(listing.problems[1].message.find("1 rows have a split other than") != std::string::npos);
        QCOMPARE(told(listing, "train/a.mp4"), std::string("train -"));
    }

    void wholeExportsOfLabelStudio() {
        MadeFolder folder;
        folder.file("a.mp4");
        folder.file("project-1.json",
                    json("[{'id': 1, 'data': {'video': 'a.mp4'}, 'annotations': [{'result': [{'value': {'choices': "
                         "['rowing']}}]}]}]"));
        const auto listing = folder.scan();
        QVERIFY(has_problem(listing, "project-1.json", ErrorCode::unsupported));
        QVERIFY(listing.problems[0].message.find("JSON-MIN") != std::string::npos);
    }

    /// Names under a list's own members are no videos.
    void whatStandsBesideTheListIsNoClip() {
        MadeFolder folder;
        folder.file("a.mp4");
        folder.file("val.json", json("{'licence': {'name': 'CC', 'url': 'http://x'}, 'taxonomy': ['x', 'y'],"
                                     "'videos': [{'video': 'a.mp4', 'label': 'rowing'}]}"));
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "a.mp4"), std::string("val rowing"));
        QCOMPARE(listing.counts.missing.count, int64_t{0});
        QVERIFY(listing.problems.empty());
    }
};

REST_TEST(TestJsonLists)
#include "test_json_lists.moc"
