// SPDX-License-Identifier: GPL-3.0-or-later
// Protocols over clip names as users have them; no video is opened.
#include "core/evaluation/protocols/protocol_plan.h"

#include <QtTest/QtTest>

#include <set>

#include "core/base/strings.h"
#include "core/dataset/path_text.h"
#include "core/evaluation/protocols/official_lists.h"
#include "tests/dataset/made_folder.h"
#include "tests/evaluation/planned.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;
using test::MadeFolder;
using test::refusal;
using test::tells;

namespace {

const PlanSettings kShipped = test::with_lists({});

/// All 13,320 UCF101 clips with other containers and other folder names.
std::vector<ProtocolClip> all_of_ucf101() {
    const auto set = read_compact_ucf101(test::shipped_lists() / "ucf101.txt");
    std::vector<ProtocolClip> clips;
    for (const auto* part : {&set.splits[0].train, &set.splits[0].test}) {
        for (const auto& clip : *part) {
            const auto& name = set.classes[clip.label];
            clips.push_back({"videos/" + dataset::readable_class_name(name) + "/" +
                                 std::string(dataset::file_stem(clip.name)) + ".mp4",
                             dataset::Split::train, dataset::readable_class_name(name)});
        }
    }
    return clips;
}

}  // namespace

class TestProtocolPlan : public QObject {
    Q_OBJECT

    const std::vector<ProtocolClip> ucf101_ = all_of_ucf101();

  private Q_SLOTS:
    void ucf101ZeroShot() {
        const auto plan = plan_protocol(protocol_named("ucf101-zero-shot"), ucf101_, kShipped);
        QVERIFY2(plan.problems.empty(), plan.problems.empty() ? "" : plan.problems[0].message.c_str());
        QCOMPARE(plan.parts.size(), size_t{3});
        QCOMPARE(coverage(plan.parts[0]), std::string("on 3,783 of 3,783 clips"));
        QCOMPARE(coverage(plan.parts[2]), std::string("on 3,696 of 3,696 clips"));
        QCOMPARE(plan.parts[0].name, std::string("split 1"));
        QCOMPARE(plan.parts[0].classes.size(), size_t{101});
        QCOMPARE(plan.parts[0].classes[0], std::string("Apply Eye Makeup"));
        QVERIFY(plan.parts[0].train.empty());
        for (const auto& clip : plan.parts[1].test) {
            const auto folder = dataset::file_name(dataset::folder_of(clip.name));
            QCOMPARE(plan.parts[1].classes[clip.label], std::string(folder));
        }
    }

    void missingDoubledAndContradictingClipsAreCounted() {
        auto clips = ucf101_;
        std::erase_if(clips, [](const auto& clip) { return clip.name.find("Archery_g01") != std::string::npos; });
        const auto missing = ucf101_.size() - clips.size();
        QVERIFY(missing > 3);
        clips.push_back({"copies/v_YoYo_g01_c01.avi", dataset::Split::test, ""});
        const auto at =
            std::find_if(clips.begin(), clips.end(), [](auto& c) { return c.name.ends_with("v_YoYo_g02_c01.mp4"); });
        at->label = "Archery";
        const auto plan = plan_protocol(protocol_named("ucf101-zero-shot"), clips, kShipped);
        QCOMPARE(plan.parts[0].missing_test.size(), missing);
        QVERIFY(plan.parts[0].missing_test[0].starts_with("Archery/v_Archery_g01_c0"));
        QCOMPARE(coverage(plan.parts[0]), "on 3," + std::to_string(783 - missing) + " of 3,783 clips");
        QVERIFY(plan.parts[1].missing_test.empty());
        QVERIFY(tells(plan.problems, "Test clips of split 1 that are missing: " + std::to_string(missing)));
        QVERIFY(tells(plan.problems, "Clips that are there twice: 1"));
        QVERIFY(tells(plan.problems,
                      "Labels that differ from the lists': 1, such as \"Archery\" of videos/Yo Yo/v_YoYo_g02_c01.mp4"));
        QCOMPARE(plan.problems.size(), size_t{3});
    }

    void fewShotDrawsMOfEachClass() {
        const auto protocol = protocol_named("ucf101-few-shot-4");
        const auto plan = plan_protocol(protocol, ucf101_, kShipped);
        const auto again = plan_protocol(protocol, ucf101_, kShipped);
        QVERIFY(plan.problems.empty());
        auto other = kShipped;
        other.seed = 2;
        const auto reseeded = plan_protocol(protocol, ucf101_, other);
        const auto two = plan_protocol(protocol_named("ucf101-few-shot-2"), ucf101_, kShipped);
        const auto names = [](const ProtocolPart& part) {
            std::set<std::string> out;
            for (const auto& clip : part.train) out.insert(clip.name);
            return out;
        };
        for (size_t i = 0; i < plan.parts.size(); ++i) {
            const auto& part = plan.parts[i];
            std::vector<int> drawn(101);
            for (const auto& clip : part.train) ++drawn[clip.label];
            QCOMPARE(drawn, std::vector<int>(101, 4));
            QVERIFY(names(part) == names(again.parts[i]));
            QVERIFY(names(part) != names(reseeded.parts[i]));
            const auto all = names(part), some = names(two.parts[i]);
            QVERIFY(std::includes(all.begin(), all.end(), some.begin(), some.end()));
            for (const auto& clip : part.test) QVERIFY(!all.contains(clip.name));
        }
        QVERIFY(names(plan.parts[0]) != names(plan.parts[1]));
    }

    void aClassWithFewerClipsIsTold() {
        auto clips = ucf101_;
        std::erase_if(clips, [](const auto& clip) {
            return clip.name.find("v_Archery") != std::string::npos && clip.name.find("_g25_") == std::string::npos &&
                   clip.name.find("_g01_") == std::string::npos;
        });
        const auto plan = plan_protocol(protocol_named("ucf101-few-shot-16"), clips, kShipped);
        QVERIFY(tells(plan.problems, "Classes of split 1 with fewer than 16 training clips: 1, such as Archery with "));
        QVERIFY(!plan.parts[0].missing_train.empty());
    }

    void supervisedTakesEveryTrainingClip() {
        const auto plan = plan_protocol(protocol_named("ucf101-supervised"), ucf101_, kShipped);
        QCOMPARE(plan.parts[0].train.size(), size_t{9537});
        QCOMPARE(plan.parts[0].test.size(), size_t{3783});
    }

    void emptySplitsAreLeftOut() {
        // Groups 1 to 7 are split 1's test; nothing else is here.
        auto clips = ucf101_;
        std::erase_if(clips, [](const auto& clip) { return clip.name.find("_g03_") == std::string::npos; });
        const auto plan = plan_protocol(protocol_named("ucf101-zero-shot"), clips, kShipped);
        QCOMPARE(plan.parts.size(), size_t{1});
        QVERIFY(tells(plan.problems, "Of the 3734 test clips of split 2 none is here"));
        const auto refused = refusal([&] { plan_protocol(protocol_named("ucf101-few-shot-2"), clips, kShipped); });
        QVERIFY2(refused.find("training clips of split 1 none is here") != std::string::npos, refused.c_str());
    }

    void clipsOfAnotherSetAreRecognised() {
        std::vector<ProtocolClip> clips;
        for (const auto& name : read_class_list(test::shipped_lists() / "hmdb51.txt")) {
            clips.push_back({name + "/some_" + name + "_0.avi", dataset::Split::train, name});
        }
        const auto refused = refusal([&] { plan_protocol(protocol_named("ucf101-zero-shot"), clips, kShipped); });
        QVERIFY2(refused.find("they look like HMDB51's") != std::string::npos, refused.c_str());
        QVERIFY(refusal([] { plan_protocol(protocol_named("ucf101-zero-shot"), {}, kShipped); }).find("0 clips") !=
                std::string::npos);
    }

    void officialListsInAFolderCount() {
        MadeFolder folder;
        folder.file("ucfTrainTestlist/classInd.txt", "1 Archery\r\n2 YoYo\r\n");
        folder.file("ucfTrainTestlist/trainlist01.txt", "Archery/v_Archery_g08_c01.avi 1\nYoYo/v_YoYo_g08_c01.avi 2\n");
        folder.file("ucfTrainTestlist/testlist01.txt",
                    "Archery/v_Archery_g01_c01.avi\nYoYo/v_YoYo_g01_c01.avi\nYoYo/v_YoYo_g01_c01.avi\nYoYo/"
                    "v_YoYo_g08_c01.avi\n");
        const auto plan = plan_protocol(protocol_named("ucf101-supervised"), ucf101_, test::with_lists(folder.root()));
        QCOMPARE(plan.parts.size(), size_t{1});
        QCOMPARE(plan.parts[0].classes, (std::vector<std::string>{"Archery", "Yo Yo"}));
        QCOMPARE(plan.parts[0].test.size(), size_t{3});
        QCOMPARE(plan.parts[0].train.size(), size_t{1});
        QVERIFY(tells(plan.problems, "Clips listed twice: 1, such as YoYo/v_YoYo_g01_c01.avi"));
        QVERIFY(tells(plan.problems, "Clips listed for training and for the test: 1"));
        QVERIFY(tells(plan.problems, "The lists hold 1 of 3 splits"));
        QVERIFY(plan.lists == folder.root().string());

        MadeFolder other;
        other.file("brush_hair_test_split1.txt", "a.avi 1\n");
        const auto fallen_back =
            plan_protocol(protocol_named("ucf101-zero-shot"), ucf101_, test::with_lists(other.root()));
        QVERIFY(tells(fallen_back.problems, "holds no lists of UCF101"));
        QCOMPARE(fallen_back.parts.size(), size_t{3});
    }

    void hmdb51NeedsItsLists() {
        MadeFolder folder;
        const std::vector<ProtocolClip> clips = {{"kick/a_kick_u_0.avi", dataset::Split::train, "kick"},
                                                 {"kick_ball/b_kick_ball_0.mp4", dataset::Split::train, "kick ball"},
                                                 {"c_kick_ball_1.avi", dataset::Split::train, ""}};
        for (int split = 1; split <= 3; ++split) {
            const auto number = std::to_string(split);
            folder.file("kick_test_split" + number + ".txt", "a_kick_u_0.avi 2 \nz_kick_0.avi 2 \ny_kick_0.avi 0 \n");
            folder.file("kick_ball_test_split" + number + ".txt", "b_kick_ball_0.avi 2 \nc_kick_ball_1.avi 1 \n");
        }
        const auto plan = plan_protocol(protocol_named("hmdb51-zero-shot"), clips, test::with_lists(folder.root()));
        QCOMPARE(plan.parts.size(), size_t{3});
        QCOMPARE(plan.parts[0].classes.size(), size_t{51});
        QCOMPARE(plan.parts[0].test.size(), size_t{2});
        QCOMPARE(plan.parts[0].missing_test, std::vector<std::string>{"kick/z_kick_0.avi"});
        QCOMPARE(plan.parts[0].classes[plan.parts[0].test[0].label], std::string("kick ball"));
        QVERIFY(tells(plan.problems, "no list for 49 of the 51 classes"));

        const auto none = refusal([&] { plan_protocol(protocol_named("hmdb51-zero-shot"), clips, kShipped); });
        QVERIFY(none.find("not shipped") != std::string::npos &&
                none.find("testTrainMulti_7030_splits") != std::string::npos);
        MadeFolder wrong;
        wrong.file("testlist01.txt", "a/b.avi");
        const auto message =
            refusal([&] { plan_protocol(protocol_named("hmdb51-zero-shot"), clips, test::with_lists(wrong.root())); });
        QVERIFY(message.find("no <class>_test_split1.txt") != std::string::npos);
    }
};

REST_TEST(TestProtocolPlan)
#include "test_protocol_plan.moc"
