// SPDX-License-Identifier: GPL-3.0-or-later
// The lists we ship, against known properties and, if available, against the official ones.
#include <zlib.h>
#include <QtTest/QtTest>

#include <map>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/evaluation/protocols/list_files.h"
#include "core/evaluation/protocols/official_lists.h"
#include "core/evaluation/tam/class_names.h"
#include "tests/dataset/made_folder.h"
#include "tests/support/places.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;
using rest::test::MadeFolder;

namespace {

std::filesystem::path shipped(const std::string& name) {
    return test::source_dir() / "resources" / "lists" / name;
}

std::set<std::pair<std::string, int>> as_set(const std::vector<ListedClip>& clips) {
    std::set<std::pair<std::string, int>> out;
    for (const auto& clip : clips) out.emplace(clip.name, clip.label);
    return out;
}

void compare(const OfficialSet& ours, const OfficialSet& official) {
    QCOMPARE(ours.splits.size(), official.splits.size());
    for (size_t i = 0; i < ours.splits.size(); ++i) {
        const auto &a = ours.splits[i], &b = official.splits[i];
        QCOMPARE(a.number, b.number);
        QCOMPARE(a.ranked, b.ranked);
        QCOMPARE(a.train.size(), b.train.size());
        QCOMPARE(a.test.size(), b.test.size());
        QVERIFY(as_set(a.train) == as_set(b.train));
        QVERIFY(as_set(a.test) == as_set(b.test));
    }
}

}  // namespace

class TestOfficialLists : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void classesAreDistinct() {
        for (const auto& [name, count] : std::map<std::string, size_t>{{"kinetics-400", 400},
                                                                       {"kinetics-600", 600},
                                                                       {"kinetics-620", 620},
                                                                       {"ucf101", 101},
                                                                       {"hmdb51", 51}}) {
            const auto listed = read_class_list(shipped(name + ".txt"));
            QCOMPARE(listed.size(), count);
            const ClassNames names(listed);
            QVERIFY2(names.doubles().empty(), name.c_str());
            for (size_t i = 0; i < listed.size(); ++i) QCOMPARE(names.find(listed[i]), static_cast<int>(i));
        }
        // The 620 begin with the 400.
        auto all = read_class_list(shipped("kinetics-620.txt"));
        all.resize(400);
        QCOMPARE(all, read_class_list(shipped("kinetics-400.txt")));
    }

    void classNamesInAnyDress() {
        const ClassNames names(std::vector<std::string>{"HandstandPushups", "brush_hair", "", "Brush Hair", "yoga"});
        QCOMPARE(names.names(), (std::vector<std::string>{"Handstand Pushups", "brush hair", "yoga"}));
        QCOMPARE(names.doubles(), std::vector<std::string>{"Brush Hair"});
        QCOMPARE(names.find("handstand_pushups"), 0);
        QCOMPARE(names.find("handstand pushups"), 0);
        QCOMPARE(names.find("BrushHair"), 1);
        QCOMPARE(names.find("rowing"), -1);
        QCOMPARE(names.find(""), -1);
    }

    void ucf101AsShipped() {
        const auto set = read_compact_ucf101(shipped("ucf101.txt"));
        QCOMPARE(set.splits.size(), size_t{3});
        QCOMPARE(set.splits[0].test.size(), size_t{3783});
        QCOMPARE(set.splits[1].test.size(), size_t{3734});
        QCOMPARE(set.splits[2].test.size(), size_t{3696});
        for (const auto& split : set.splits) QCOMPARE(split.train.size() + split.test.size(), size_t{13320});
        QCOMPARE(set.splits[0].test[0].name, std::string("ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi"));
    }

    void kinetics220AsShipped() {
        const auto set = read_compact_kinetics220(shipped("kinetics-220.txt"));
        const std::vector<size_t> clips = {14131, 14078, 14167};
        QCOMPARE(set.classes.size(), size_t{620});
        QCOMPARE(set.splits.size(), size_t{3});
        std::set<int> all;
        for (size_t i = 0; i < clips.size(); ++i) {
            QCOMPARE(set.splits[i].test.size(), clips[i]);
            QCOMPARE(set.splits[i].ranked.size(), size_t{160});
            QVERIFY(set.splits[i].train.empty());
            all.insert(set.splits[i].ranked.begin(), set.splits[i].ranked.end());
        }
        QCOMPARE(all.size(), size_t{217});  // three of the 220 are in no test split
        QCOMPARE(*all.begin(), 400);
    }

    void shippedListsAreTheOfficialOnes() {
        REST_REFERENCE_OR_SKIP(labels, "labels");
        for (const char* name :
             {"kinetics-400.txt", "kinetics-600.txt", "kinetics-620.txt", "hmdb51.txt", "ucf101.txt"}) {
            QCOMPARE(read_class_list(shipped(name)), read_class_list(labels / name));
        }
        compare(read_compact_ucf101(shipped("ucf101.txt")), find_ucf101_lists(labels, {}).value());
        const auto classes = read_class_list(shipped("kinetics-620.txt"));
        compare(read_compact_kinetics220(shipped("kinetics-220.txt")), find_kinetics220_lists(labels, classes).value());
        QVERIFY(!find_hmdb51_lists(labels, {"brush_hair"}));
    }

    void hmdb51Folder() {
        MadeFolder folder;
        folder.file("splits/brush_hair_test_split1.txt",
                    "a [1]_brush_hair_0.avi 1 \r\nb_brush_hair_1.avi 2 \nc_0.avi 0 \n");
        folder.file("splits/kick_ball_test_split1.txt", "d_kick_ball_0.avi 2 \n");
        folder.file("splits/brush_hair_test_split2.txt", "a [1]_brush_hair_0.avi 2 \n");
        folder.file("splits/juggle_test_split1.txt", "x.avi 2\n");
        const auto set = find_hmdb51_lists(folder.root(), {"brush_hair", "kick_ball"}).value();
        QCOMPARE(set.splits.size(), size_t{2});
        QCOMPARE(set.splits[0].train.size(), size_t{1});
        QCOMPARE(set.splits[0].train[0].name, std::string("brush_hair/a [1]_brush_hair_0.avi"));
        QCOMPARE(set.splits[0].test.size(), size_t{2});
        QCOMPARE(set.splits[0].test[1].label, 1);
        QCOMPARE(set.splits[1].number, 2);
        QCOMPARE(set.problems.size(), size_t{2});
        QVERIFY(set.problems[0].message.find("juggle") != std::string::npos);
        QVERIFY(set.problems[1].message.find("1 of the 2 classes") != std::string::npos);
        QVERIFY(!find_ucf101_lists(folder.root(), {}));
        QVERIFY_EXCEPTION_THROWN(find_hmdb51_lists(folder.root() / "absent", {}), Error);
    }

    void brokenListsAreNamed() {
        MadeFolder folder;
        folder.file("indices.json", "[[0, 1], [1]]");
        const auto refused = [&](const std::string& rows) {
            folder.file("videos.jsonl", rows);
            try {
                find_kinetics220_lists(folder.root(), {"a", "b"});
            } catch (const Error& e) {
                return std::string(e.what());
            }
            return std::string();
        };
        QCOMPARE(refused("{\"videoname\": \"x.mp4\", \"label\": 1}\n"), std::string());
        QVERIFY(refused("{\"videoname\": \"x.mp4\", \"label\": 1}\n{\"label\": 1}\n").find("videos.jsonl line 2") !=
                std::string::npos);
        QVERIFY(refused("{\"videoname\": \"x.mp4\", \"label\": 2}\n").find("label 2 of 2") != std::string::npos);
        folder.file("indices.json", "[[0, 7]]");
        QVERIFY(refused("").find("no class 7") != std::string::npos);

        folder.file("lists/trainlist01.txt", "Archery/v_Archery_g01_c01.avi 1\nRowing/v_Rowing_g01_c01.avi 2\n");
        const auto set = find_ucf101_lists(folder.root() / "lists", {"Archery"}).value();
        QCOMPARE(set.splits[0].train.size(), size_t{1});
        QCOMPARE(set.problems.size(), size_t{1});
        QVERIFY(set.problems[0].file.ends_with("trainlist01.txt line 2"));
        QVERIFY_EXCEPTION_THROWN(read_class_list(folder.file("none.txt", "\n\n")), Error);
    }

    void packedListsAreUnpacked() {
        MadeFolder folder;
        const auto path = folder.root() / "list.gz";
        const std::string text(100000, 'a');
        const auto file = gzopen(path.c_str(), "wb");
        QCOMPARE(gzwrite(file, text.data(), static_cast<unsigned>(text.size())), static_cast<int>(text.size()));
        gzclose(file);
        QCOMPARE(read_maybe_gzip(path), text);
        QCOMPARE(read_maybe_gzip(folder.file("plain.txt", "plain")), std::string("plain"));
        const auto packed = read_file(path);
        QVERIFY_EXCEPTION_THROWN(read_maybe_gzip(folder.file("cut.gz", packed.substr(0, packed.size() / 2))), Error);
    }
};

REST_TEST(TestOfficialLists)
#include "test_official_lists.moc"
