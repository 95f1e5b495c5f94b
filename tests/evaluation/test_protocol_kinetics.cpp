// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <map>
#include <set>

#include "core/evaluation/protocols/official_lists.h"
#include "core/evaluation/protocols/protocol_plan.h"
#include "tests/dataset/made_folder.h"
#include "tests/evaluation/planned.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;
using test::MadeFolder;
using test::refusal;
using test::tells;

namespace {

const PlanSettings kShippedKinetics = test::with_lists({});

/// Every clip of the three splits, flat, unlabelled.
std::vector<ProtocolClip> all_of_kinetics220() {
    const auto set = read_compact_kinetics220(test::shipped_lists() / "kinetics-220.txt");
    std::set<std::string> names;
    for (const auto& split : set.splits) {
        for (const auto& clip : split.test) names.insert(clip.name);
    }
    std::vector<ProtocolClip> clips;
    for (const auto& name : names) clips.push_back({"test/" + name, dataset::Split::test, ""});
    return clips;
}

}  // namespace

class TestProtocolKinetics : public QObject {
    Q_OBJECT

    const std::vector<ProtocolClip> clips_ = all_of_kinetics220();

  private Q_SLOTS:
    void kinetics220AmongTheSplitsNames() {
        const auto plan = plan_protocol(protocol_named("kinetics220-split"), clips_, kShippedKinetics);
        QVERIFY(plan.problems.empty());
        QCOMPARE(plan.parts.size(), size_t{3});
        QCOMPARE(plan.parts[0].classes.size(), size_t{160});
        QCOMPARE(coverage(plan.parts[0]), std::string("on 14,131 of 14,131 clips"));
        QCOMPARE(coverage(plan.parts[1]), std::string("on 14,078 of 14,078 clips"));
        for (const auto& clip : plan.parts[2].test) QVERIFY(clip.label >= 0 && clip.label < 160);
    }

    void kinetics220AmongAllNames() {
        const auto near = plan_protocol(protocol_named("kinetics220-split"), clips_, kShippedKinetics);
        const auto plan = plan_protocol(protocol_named("kinetics220-generalised"), clips_, kShippedKinetics);
        const auto &part = plan.parts[2], &same = near.parts[2];
        QCOMPARE(part.classes.size(), size_t{620});
        QCOMPARE(part.test.size(), size_t{14167});
        for (size_t i = 0; i < part.test.size(); ++i) {
            QVERIFY(part.test[i].label >= 400);
            QCOMPARE(part.test[i].name, same.test[i].name);
            QCOMPARE(part.classes[part.test[i].label], same.classes[same.test[i].label]);
        }
    }

    void clipNamesAreReadFromTheRight() {
        const auto set = read_compact_kinetics220(test::shipped_lists() / "kinetics-220.txt");
        const auto& listed = set.splits[0].test;
        std::vector<ProtocolClip> clips = {
            {"a/" + listed[0].name.substr(0, 11) + ".mkv", dataset::Split::val, set.classes[listed[0].label]},
            {listed[1].name.substr(0, 25) + ".avi", dataset::Split::val, ""},
            {"x/" + listed[2].name.substr(0, 11) + "_999999_1000009.mp4", dataset::Split::val, ""}};
        const auto plan =
            evaluation::plan_protocol(evaluation::protocol_named("kinetics220-split"), clips, kShippedKinetics);
        QCOMPARE(plan.parts[0].test.size(), size_t{2});
        QCOMPARE(plan.parts[0].missing_test.size(), size_t{14129});
        QCOMPARE(plan.parts[0].missing_test[0], listed[2].name);
    }

    void officialKinetics220Folder() {
        REST_REFERENCE_OR_SKIP(labels, "labels");
        const auto shipped = plan_protocol(protocol_named("kinetics220-split"), clips_, kShippedKinetics);
        const auto plan = plan_protocol(protocol_named("kinetics220-split"), clips_, test::with_lists(labels));
        QVERIFY(plan.problems.empty());
        for (size_t i = 0; i < 3; ++i) {
            QCOMPARE(plan.parts[i].classes, shipped.parts[i].classes);
            QCOMPARE(plan.parts[i].test.size(), shipped.parts[i].test.size());
        }
    }

    void kinetics400ByItsFolders() {
        const std::vector<ProtocolClip> clips = {
            {"val/abseiling/0wR5jVB-WPk_000417_000427.mp4", dataset::Split::val, "abseiling"},
            {"val/air_drumming/--0l35AkU34_000062_000072.mp4", dataset::Split::val, "air_drumming"},
            {"val2/air_drumming/--0l35AkU34_000062_000072.mp4", dataset::Split::val, "air drumming"},
            {"val/rock climbing/x.mp4", dataset::Split::val, "climbing a Rock"},
            {"val/y.mp4", dataset::Split::val, ""},
            {"train/abseiling/z.mp4", dataset::Split::train, "abseiling"}};
        const auto plan =
            evaluation::plan_protocol(evaluation::protocol_named("kinetics400-val"), clips, kShippedKinetics);
        QCOMPARE(plan.parts.size(), size_t{1});
        QCOMPARE(plan.parts[0].test.size(), size_t{2});
        QCOMPARE(plan.parts[0].classes.size(), size_t{400});
        QCOMPARE(plan.parts[0].classes[plan.parts[0].test[1].label], std::string("air drumming"));
        QVERIFY(plan.parts[0].train.empty());
        QVERIFY(tells(plan.problems, "Clips that occur twice: 1"));
        QVERIFY(tells(plan.problems, "Clips without a label: 1"));
        QVERIFY(tells(plan.problems, "Clips whose label is not a class of this set: 1, such as \"climbing a Rock\""));
        QCOMPARE(plan_protocol(protocol_named("kinetics400-supervised"), clips, kShippedKinetics).parts[0].train.size(),
                 size_t{1});
        const auto refused = refusal([&] {
            plan_protocol(protocol_named("kinetics400-supervised"), std::span(clips).first(4), kShippedKinetics);
        });
        QVERIFY(refused.find("no labelled training clip") != std::string::npos);
    }

    void kinetics400ByItsList() {
        MadeFolder folder;
        folder.file("annotations/val.csv",
                    "label,youtube_id,time_start,time_end,split,is_cc\nabseiling,0wR5jVB-WPk,417,427,validate,0\n"
                    "\"air drumming\",--0l35AkU34,62,72,val,0\nyodelling,aaaaaaaaaaa,1,11,val,0\n");
        folder.file("annotations/other.csv", "a,b\n1,2\n");
        const std::vector<evaluation::ProtocolClip> clips = {
            {"0wR5jVB-WPk_000417_000427.mp4", dataset::Split::train, ""}};
        const auto plan = evaluation::plan_protocol(evaluation::protocol_named("kinetics400-val"), clips,
                                                    test::with_lists(folder.root()));
        QCOMPARE(coverage(plan.parts[0]), std::string("on 1 of 2 clips"));
        QCOMPARE(plan.parts[0].missing_test[0], std::string("--0l35AkU34_000062_000072.mp4"));
        QVERIFY(tells(plan.problems, "\"yodelling\" is not a class"));
        QVERIFY(std::any_of(plan.problems.begin(), plan.problems.end(),
                            [](const auto& problem) { return problem.file.ends_with("val.csv line 4"); }));
    }

    /// The list as others write it: any delimiter, names of columns and ending; splits of a name that is none.
    void kinetics400ByListsInOtherDresses() {
        const std::vector<evaluation::ProtocolClip> clips = {
            {"0wR5jVB-WPk_000417_000427.mp4", dataset::Split::train, ""},
            {"--0l35AkU34_000062_000072.mp4", dataset::Split::train, ""}};
        for (const auto& [name, text] : std::map<std::string, std::string>{
                 {"k400.csv",
                  "\xEF\xBB\xBFLabel;YouTube ID;Time Start;Time End;Subset\r\nAbseiling;0wR5jVB-WPk;417.0;427.0;"
                  "Validation\r\nair_drumming;--0l35AkU34;62;72;dev\r\nyoga;aaaaaaaaaaa;1;2;unused\r\n"},
                 {"val.txt",
                  "label\tyoutube_id\tstart\tend\nabseiling\t0wR5jVB-WPk\t417\t427\nair drumming\t--0l35AkU34\t62"
                  "\t72\n"}}) {
            MadeFolder folder;
            folder.file(name, text);
            const auto plan = plan_protocol(protocol_named("kinetics400-val"), clips, test::with_lists(folder.root()));
            QCOMPARE(coverage(plan.parts[0]), std::string("on 2 of 2 clips"));
            QCOMPARE(tells(plan.problems, "\"unused\""), name == "k400.csv");
        }
    }

    void tooFewClipsAreRefused() {
        MadeFolder folder;
        folder.file("val.csv",
                    "label,youtube_id,time_start,time_end\nabseiling,0wR5jVB-WPk,417,427\nabseiling,bbbbbbbbbbb,1,11\n"
                    "abseiling,ccccccccccc,1,11\n");
        const std::vector<evaluation::ProtocolClip> clips = {
            {"0wR5jVB-WPk_000417_000427.mp4", dataset::Split::train, ""}, {"mine.mp4", dataset::Split::val, "yoga"}};
        const auto plan = plan_protocol(protocol_named("kinetics400-val"), clips, test::with_lists(folder.root()));
        QVERIFY(tells(plan.problems, "Clips that are here and in no list: 1, such as mine.mp4"));
        require_share(plan.parts[0], 0.33);
        const auto refused = refusal([&] { require_share(plan.parts[0], 0.5); });
        for (const char* part :
             {"1 of the 3 test clips", "bbbbbbbbbbb_000001_000011.mp4, ccccccccccc", "--least-found"})
            QVERIFY2(refused.find(part) != std::string::npos, refused.c_str());
    }

    void theProjectsOwnClips() {
        const std::vector<ProtocolClip> clips = {{"val/rowing/0001.mp4", dataset::Split::val, "rowing"},
                                                 {"val/kick/0001.mp4", dataset::Split::val, "Kick"},
                                                 {"test/kick/0002.mp4", dataset::Split::test, "kick"},
                                                 {"train/yoga/0001.mp4", dataset::Split::train, "yoga"}};
        const auto protocol = protocol_named("project-val");
        const auto plan = plan_protocol(protocol, clips, kShippedKinetics);
        QCOMPARE(plan.parts[0].name, std::string("val"));
        QCOMPARE(plan.parts[0].test.size(), size_t{2});
        QCOMPARE(plan.parts[0].classes.size(), size_t{3});
        QVERIFY(plan.problems.empty());  // "Kick" and "kick" are one

        auto settings = kShippedKinetics;
        settings.classes = {"yoga", "rowing", "kick", "Rowing"};
        const auto ordered = plan_protocol(protocol, clips, settings);
        QVERIFY(tells(ordered.problems, "Rowing occurs twice among the classes"));
        QCOMPARE(ordered.parts[0].test[0].label, 1);
        const auto on_test = plan_protocol(protocol, std::span(clips).subspan(2), settings);
        QCOMPARE(on_test.parts[0].name, std::string("test"));
        QVERIFY(!refusal([&] { plan_protocol(protocol, std::span(clips).subspan(3), settings); }).empty());
    }
};

REST_TEST(TestProtocolKinetics)
#include "test_protocol_kinetics.moc"
