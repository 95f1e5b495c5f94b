// SPDX-License-Identifier: GPL-3.0-or-later
// Lists in other formats than the official ones: recognised by content, matched by name, never skipped.
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

namespace {

/// ASCII as UTF-16.
std::string utf16(const std::string& ascii, bool little, bool mark) {
    std::string out = !mark ? "" : little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : ascii) {
        if (!little) out += '\0';
        out += c;
        if (little) out += '\0';
    }
    return out;
}

}  // namespace

class TestListKinds : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void oneListInManyDresses_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* what, const char* name, const std::string& bytes) {
            QTest::newRow(what) << name << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
        };
        row("blank", "val.txt", "clips/a b.mp4 0\nclips/c.mp4 1\n");
        row("comma", "val.csv", "clips/a b.mp4,0\nclips/c.mp4,1\n");
        row("tab", "val.tsv", "clips/a b.mp4\t0\nclips/c.mp4\t1\n");
        row("semicolon", "val", "clips/a b.mp4;0\r\nclips/c.mp4;1\r\n");
        row("bar", "val.lst", "clips/a b.mp4|0\nclips/c.mp4|1\n");
        row("quoted", "val.list", "\"clips/a b.mp4\",\"0\"\n\"clips/c.mp4\",\"1\"\n");
        row("quoted, blank", "val.txt", "\"clips/a b.mp4\" 0\n'clips/c.mp4' 1\n");
        row("names", "val.csv", "clips/a b.mp4,rowing\nclips/c.mp4,tai chi\n");
        row("names behind blanks", "val.txt", "clips/a b.mp4 rowing\nclips/c.mp4 tai chi\n");
        row("class first", "val.csv", "rowing,clips/a b.mp4\ntai chi,clips/c.mp4\n");
        row("mark", "val.csv",
            "\xEF\xBB\xBF"
            "clips/a b.mp4,0\r\nclips/c.mp4,1\r\n");
        row("old Mac", "val.csv", "clips/a b.mp4,0\rclips/c.mp4,1\r");
        row("floats", "val.csv", "clips/a b.mp4,0.0\nclips/c.mp4,1.0\n");
        row("split behind", "clips.csv", "clips/a b.mp4,0,val\nclips/c.mp4,1,val\n");
        row("header", "list.csv", "Path;Label;Split\nclips/a b.mp4;rowing;dev\nclips/c.mp4;tai_chi;Validation\n");
        row("header, numbers", "val.csv", "filename,class_id\nclips/a b.mp4,0\nclips/c.mp4,1\n");
        row("sep=", "val.csv", "sep=;\r\npath;label\r\nclips/a b.mp4;rowing\r\nclips/c.mp4;tai chi\r\n");
        row("no extension", "val.csv", "clips/a b,0\nclips/c,1\n");
        for (const bool little : {true, false}) {
            for (const bool mark : {true, false}) {
                row(little ? mark ? "UTF-16LE" : "UTF-16LE without mark"
                    : mark ? "UTF-16BE"
                           : "UTF-16BE without mark",
                    "val.csv", utf16("clips/a b.mp4\t0\r\nclips/c.mp4\t1\r\n", little, mark));
            }
        }
        row("JSON", "val.json",
            json("[{'path': 'clips/a b.mp4', 'label': 'rowing'}, {'path': 'clips/c.mp4', 'label': 'tai chi'}]"));
        row("JSON lines", "val.jsonl",
            "{\"video\": \"clips/a b.mp4\", \"class\": 0}\n{\"video\": \"clips/c.mp4\", \"class\": 1}\n");
        row("JSON by split", "lists.json", json("{'train': [], 'val': [['clips/a b.mp4', 0], ['clips/c.mp4', 1]]}"));
    }
    void oneListInManyDresses() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        MadeFolder folder;
        folder.file("clips/a b.mp4");
        folder.file("clips/c.mp4");
        folder.file("label_map.txt", "rowing\ntai_chi\n");
        const auto list = folder.file(name.toStdString(), bytes.toStdString());
        for (const auto& source : {folder.root(), list}) {
            const auto listing = MadeFolder::scan(source);
            QCOMPARE(told(listing, "clips/a b.mp4"), std::string("val rowing"));
            QCOMPARE(told(listing, "clips/c.mp4"), std::string("val tai chi"));
            QCOMPARE(listing.counts.found.count, int64_t{2});
            QVERIFY2(listing.problems.empty(),
                     listing.problems.empty() ? "" : listing.problems.front().message.c_str());
        }
    }

    void splitsInNamesOfLists_data() {
        QTest::addColumn<QString>("expected");
        for (const char* name :
             {"train.csv", "training.csv", "train_list.txt", "trainlist.txt", "trainingSet.csv", "kinetics_train",
              "ucf101_train_split_1_videos.txt", "my-train-files.lst", "TRAIN.TXT"})
            QTest::newRow(name) << "train -";
        for (const char* name :
             {"val.csv", "validate.csv", "validation.txt", "dev.csv", "kinetics_val.csv", "k700-val.txt",
              "ucf101_val_split_1_videos.txt", "vallist.txt", "validationSet.csv", "valid.txt"})
            QTest::newRow(name) << "val -";
        for (const char* name :
             {"test.csv", "testing.csv", "test_list.txt", "testlist.txt", "hmdb51_test_split_1_videos.txt"})
            QTest::newRow(name) << "test -";
    }
    void splitsInNamesOfLists() {
        QFETCH(QString, expected);
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file(QTest::currentDataTag(), "clips/a.mp4\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/a.mp4"), expected.toStdString());
        QVERIFY(listing.problems.empty());
    }

    void whatIsHeldOutStaysHeldOut() {
        MadeFolder folder;
        for (const char* clip : {"clips/a.mp4", "clips/b.mp4", "clips/c.mp4"}) folder.file(clip);
        folder.file("all.csv", "path,label\nclips/a.mp4,x\nclips/b.mp4,x\nclips/c.mp4,y\n");
        folder.file("train.csv", "path,label\nclips/a.mp4,x\nclips/b.mp4,x\n");
        folder.file("val.txt", "b.mp4\n");
        folder.file("test.csv", "clips/c.mp4\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/a.mp4"), std::string("train x"));
        QCOMPARE(told(listing, "clips/b.mp4"), std::string("val x"));
        QCOMPARE(told(listing, "clips/c.mp4"), std::string("test y"));
        QCOMPARE(listing.problems.size(), size_t(1));  // b, in train.csv and val.txt
        QVERIFY(listing.problems[0].remedy.find("val") != std::string::npos);
        QVERIFY(any_note(listing, "all.csv tells no split"));
    }

    void aListWithoutASplitGoesByTheFolders() {
        MadeFolder folder;
        folder.file("train/a.mp4");
        folder.file("val/b.mp4");
        folder.file("labels.csv", "path,label\ntrain/a.mp4,x\nval/b.mp4,y\n");
        QCOMPARE(told(folder.scan(), "train/a.mp4"), std::string("train x"));
        QCOMPARE(told(folder.scan(), "val/b.mp4"), std::string("val y"));
    }

    void aSplitThatIsNoneIsLeftOutAndSaid() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("clips/b.mp4");
        folder.file("list.csv", "path,label,split\nclips/a.mp4,x,train\nclips/b.mp4,x,unused\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "clips/b.mp4"), std::string("absent"));
        QVERIFY(has_problem(listing, "list.csv", ErrorCode::damaged));
        QCOMPARE(listing.counts.unlisted.count, int64_t{1});
    }

    void somethingSomething() {
        MadeFolder folder;
        folder.file("20bn-something-something-v2/78687.webm");
        folder.file("20bn-something-something-v2/42326.webm");
        folder.file("something-something-v2-labels.json", json("{'Holding something next to something': '0'}"));
        folder.file("something-something-v2-train.json",
                    json("[{'id':'78687','label':'holding potato next to vicks vaporub bottle','template':'Holding "
                         "[something] next to [something]','placeholders':['potato','bottle']}]"));
        folder.file("something-something-v2-validation.json",
                    json("[{'id':'42326','label':'holding a cup next to a mug','template':'Holding [something] next to "
                         "[something]','placeholders':['a cup','a mug']}]"));
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "20bn-something-something-v2/78687.webm"),
                 std::string("train Holding something next to something"));
        QCOMPARE(told(listing, "20bn-something-something-v2/42326.webm"),
                 std::string("val Holding something next to something"));
        QVERIFY(listing.problems.empty());
    }

    void kineticsAsJson() {
        MadeFolder folder;
        folder.file("clips/0wR5jVB-WPk_000417_000427.mp4");
        folder.file("kinetics.json",
                    json("{'0wR5jVB-WPk': {'annotations': {'label': 'rowing', 'segment': [417.0, 427.0]},'duration': "
                         "10.0, 'subset': 'validate', 'url': 'https://www.youtube.com/watch?v=0wR5jVB-WPk'}}"));
        QCOMPARE(told(folder.scan(), "clips/0wR5jVB-WPk_000417_000427.mp4"), std::string("val rowing"));
    }

    void moments() {
        MadeFolder folder;
        folder.file("training/adult+female+singing/yt-a_1.mp4");
        folder.file("validation/slicing/b_2.mp4");
        folder.file("trainingSet.csv", "adult+female+singing/yt-a_1.mp4,adult+female+singing,3,1\n");
        folder.file("validationSet.csv", "slicing/b_2.mp4,slicing,4,0\n");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "training/adult+female+singing/yt-a_1.mp4"), std::string("train adult+female+singing"));
        QCOMPARE(told(listing, "validation/slicing/b_2.mp4"), std::string("val slicing"));
        QVERIFY(listing.problems.empty());
    }

    void whatIsNotUnderstoodIsNamed_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        QTest::newRow("spreadsheet") << "train.xlsx" << QByteArray("PK\x03\x04\x00", 5) << ".xlsx";
        QTest::newRow("pickle") << "val.pkl" << QByteArray("\x80\x04\x95\x00", 4) << ".pkl";
        QTest::newRow("unknown columns") << "val.csv" << QByteArray("subject,scene\n3,4\n") << "column";
        QTest::newRow("unknown columns, known names")
            << "notes.csv" << QByteArray("take,score\na,4\nb,5\n") << "column";
        QTest::newRow("no header") << "list.csv" << QByteArray("abseiling,0wR5jVB-WPk,417,427\n") << "column";
        QTest::newRow("frames") << "train.txt" << QByteArray("some/dir 163 1\nsome/other 12 0\n") << "frames";
        QTest::newRow("ActivityNet")
            << "activity_net.v1-3.min.json"
            << QByteArray::fromStdString(json(
                   "{'database': {'a': {'subset': 'training', 'annotations': [{'label': 'x', 'segment': [1, 2]}]}}}"))
            << "pieces of one video";
        QTest::newRow("damaged JSON") << "train.json" << QByteArray("[{\"path\": \"clips/a.mp4\"") << "damaged JSON";
        QTest::newRow("empty") << "train.csv" << QByteArray("\n") << "empty";
    }
    void whatIsNotUnderstoodIsNamed() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("clips/b.mp4");
        const auto list = folder.file(name.toStdString(), bytes.toStdString());
        const auto listing = folder.scan();
        QCOMPARE(listing.clips.size(), size_t(2));
        QVERIFY(has_problem(listing, name.toStdString(), ErrorCode::unsupported));
        QVERIFY2(QString::fromStdString(listing.problems[0].message).contains(reason),
                 listing.problems[0].message.c_str());
        try {
            MadeFolder::scan(list);
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::unsupported);
            QVERIFY2(QString::fromStdString(e.full_text()).contains(reason), e.full_text().c_str());
        }
    }

    void textsThatAreNoListsAreNoProblem() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("clips/a.txt", "someone rows\n");
        folder.file("clips/a.info.json", "{\"id\": \"a\", \"title\": \"rowing\"}");
        folder.file("README.txt", "These clips were filmed in 2019.\nThey may be used freely.\n");
        folder.file("LICENSE", "Permission is hereby granted\n");
        const auto listing = folder.scan();
        QVERIFY(listing.problems.empty());
        QVERIFY(listing.lists.empty());
        QCOMPARE(listing.other_files, int64_t{4});
    }

    void whatSystemsLeaveBehindIsNoClip() {
        MadeFolder folder;
        folder.file("rowing/a.MP4");
        folder.file("rowing/._a.MP4");
        folder.file("rowing/.DS_Store");
        folder.file("rowing/@eaDir/a.MP4/SYNOPHOTO_FILM_M.mp4");
        folder.file("__MACOSX/rowing/._a.mp4");
        folder.file("#recycle/old.mp4");
        folder.file("train.txt", "rowing/a.mp4 0\n");
        const auto listing = folder.scan();
        QCOMPARE(listing.clips.size(), size_t(1));
        QCOMPARE(told(listing, "rowing/a.MP4"), std::string("train rowing"));
        QVERIFY(listing.problems.empty());
    }

    void splitFoldersStaySplits() {
        MadeFolder folder;
        folder.file("train/a.mp4");
        folder.file("val/b.mp4");
        folder.file("extra/c.mp4");
        const auto listing = folder.scan();
        QCOMPARE(told(listing, "train/a.mp4"), std::string("train -"));
        QCOMPARE(told(listing, "val/b.mp4"), std::string("val -"));
        QCOMPARE(told(listing, "extra/c.mp4"), std::string("absent"));
        QVERIFY(!listing.folder_question.empty());
        QCOMPARE(listing.counts.unlisted.examples, std::vector<std::string>{"extra/c.mp4"});
    }

    void aListThatFitsNothingImportsNothing() {
        MadeFolder folder;
        folder.file("clips/a.mp4");
        folder.file("val.csv", "path,label\nother/b.mp4,x\n");
        QVERIFY_THROWS_EXCEPTION(Error, folder.scan());
    }
};

REST_TEST(TestListKinds)
#include "test_list_kinds.moc"
