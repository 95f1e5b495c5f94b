// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/dataset/clip_names.h"
#include "core/evaluation/metrics/reference_list.h"
#include "tests/dataset/made_folder.h"
#include "tests/support/test_program.h"

using namespace rest::dataset;
using namespace rest;
using namespace rest::evaluation;
using rest::test::MadeFolder;

namespace {

/// "a.mp4: one | two; b.mp4: three".
std::string told(const ReferenceList& list) {
    std::string out;
    for (const auto& video : list.videos) {
        out += (out.empty() ? "" : "; ") + video.video + ":";
        for (const auto& caption : video.captions) out += (out.ends_with(":") ? " " : " | ") + caption;
    }
    return out;
}

}  // namespace

class TestReferenceList : public QObject {
    Q_OBJECT

    MadeFolder folder_;

    std::string read(const std::string& name, const std::string& content) {
        return told(read_reference_list(folder_.file(name, content)));
    }
    std::string refused(const std::string& name, const std::string& content) {
        try {
            read(name, content);
        } catch (const Error& e) {
            return e.what();
        }
        return "read";
    }

  private Q_SLOTS:
    void everyForm() {
        const std::string wanted = "a.mp4: one, two | three; b.mp4: four";
        QCOMPARE(read("r.csv", "\xEF\xBB\xBFvideo,caption\r\na.mp4,\"one, two\"\r\nb.mp4,four\r\na.mp4,three\r\n"),
                 wanted);
        QCOMPARE(read("r.jsonl",
                      "{\"video\": \"a.mp4\", \"captions\": [\"one, two\", \"three\"]}\n\n"
                      "{\"name\": \"b.mp4\", \"caption\": \"four\"}\n"),
                 wanted);
        QCOMPARE(read("r.json", "{\"a.mp4\": [\"one, two\", \"three\"],\n \"b.mp4\": \"four\"}"), wanted);
        QCOMPARE(read("rows.json",
                      "[{\"video\": \"a.mp4\", \"references\": [\"one, two\", \"three\"]},\n"
                      "{\"video\": \"b.mp4\", \"text\": \"four\"}]"),
                 wanted);
        QCOMPARE(read("one.jsonl", "{\"video\": \"a.mp4\", \"caption\": \"one\"}"), std::string("a.mp4: one"));
    }

    void whatWasMadeSafeForSpreadsheetsIsReadBack() {
        QCOMPARE(read("ours.csv", "video,caption\r\n'-_0l35AkU34.mp4,'=1+1\r\n'tis.mp4,'quoted' words\r\n"),
                 std::string("-_0l35AkU34.mp4: =1+1; 'tis.mp4: 'quoted' words"));
        QCOMPARE(read("theirs.csv", "video,caption\n-_0l35AkU34.mp4,=1+1\n"), std::string("-_0l35AkU34.mp4: =1+1"));
    }

    void theErrorNamesFileAndLine() {
        QVERIFY(refused("x.csv", "a,b\n1,2\n").find("x.csv line 1") != std::string::npos);
        QVERIFY(refused("x.json", "{\"a\": [\"b\"],\n \"c\": }").find("x.json line 2") != std::string::npos);
        QVERIFY(refused("x.jsonl", "{\"video\": \"a\", \"caption\": \"b\"}\n{\"video\": 3}\n").find("x.jsonl line 2") !=
                std::string::npos);
        QVERIFY(refused("y.jsonl", "{\"video\": \"a\", \"caption\": \"b\"}\n\n{\"video\n").find("y.jsonl line 3") !=
                std::string::npos);
        QVERIFY(refused("z.json", "{\"a\": [\"b\"],\n \"c\": [7]}").find("z.json line 2") != std::string::npos);
        QVERIFY(refused("e.csv", "  \n").find("empty") != std::string::npos);
        QVERIFY_EXCEPTION_THROWN(read_reference_list(folder_.root() / "absent.csv"), Error);
    }

    void rowsWithoutCaptionArePassedOver() {
        const auto list =
            read_reference_list(folder_.file("gaps.csv", "video,caption\na.mp4,\n,one\n\"b\n.mp4\",two\nc.mp4\n"));
        QCOMPARE(told(list), std::string("b\n.mp4: two"));
        QCOMPARE(list.problems.size(), size_t{3});
        QVERIFY(list.problems[0].file.ends_with("line 2"));
        QVERIFY(list.problems[1].file.ends_with("line 3"));
        QVERIFY(list.problems[2].file.ends_with("line 6"));  // after a name that contains a line break
    }

    void referencesFindTheirVideos() {
        const ReferenceList list{
            {{"rowing/0001.mp4", {"one"}}, {"0002", {"two"}}, {"kick/0001.avi", {"three"}}, {"gone", {"x"}}}, {}};
        const std::vector<std::string> videos = {"val/rowing/0001.mp4", "val/kick/0001.mp4", "val/kick/0002.mp4"};
        const std::vector<std::string> captions = {"a", "b", "c"};
        const auto matched = match_references(list, videos, captions);
        QCOMPARE(matched.listed_only, 1);
        QCOMPARE(matched.captions[0].references, std::vector<std::string>{"one"});
        QCOMPARE(matched.captions[1].references, std::vector<std::string>{"three"});
        QCOMPARE(matched.captions[2].references, std::vector<std::string>{"two"});
        QVERIFY_EXCEPTION_THROWN(match_references(list, videos, std::vector<std::string>{"a"}), Error);
    }

    void clipNamesAsListsSpellThem() {
        const std::vector<std::string> videos = {"UCF-101/Apply Eye Makeup/v_ApplyEyeMakeup_g01_c01.mp4",
                                                 "v_Archery_g01_c01.avi",
                                                 "val/--0l35AkU34_000062_000072.mp4",
                                                 "test/a/_-a_b-c_d_e_5_15.mkv",
                                                 "abcdefghijk.mp4",
                                                 "other/v_Archery_g01_c01.avi"};
        const ClipNames names(videos);
        QCOMPARE(names.doubles(), 1);
        const auto at = [&](std::string_view listed) {
            return static_cast<int>(names.find(listed, true).value_or(99));
        };
        QCOMPARE(at("ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi"), 0);
        QCOMPARE(at("Archery/v_Archery_g01_c01.avi"), 1);
        QCOMPARE(at("other/v_Archery_g01_c01.avi"), 5);
        QCOMPARE(at("--0l35AkU34_62_72"), 2);
        QCOMPARE(at("_-a_b-c_d_e_000005_000015.mp4"), 3);
        QCOMPARE(at("abcdefghijk_000000_000010.mp4"), 4);
        QCOMPARE(at("--0l35AkU34_000062_000073.mp4"), 99);
        QCOMPARE(comparable_clip_name("x/--0l35AkU34_000000_000010.mp4"), std::string("--0l35AkU34_0_10"));
        // If names are not unique, a bare file name does not match against other folders.
        QVERIFY(!names.find("Diving/v_Archery_g01_c01.avi", false).has_value() ||
                names.find("Diving/v_Archery_g01_c01.avi", false) == 1u);
        QVERIFY(!names.find("Diving/v_ApplyEyeMakeup_g01_c01.avi", false));
    }
};

REST_TEST(TestReferenceList)
#include "test_reference_list.moc"
