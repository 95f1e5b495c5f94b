// SPDX-License-Identifier: GPL-3.0-or-later
// Protocols from end to end: clips of the demo world under HMDB51's names, with lists in its official form.
#include <QtTest/QtTest>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "core/demo/world/generator.h"
#include "core/engine/measure/protocol_job.h"
#include "core/store/project.h"
#include "tests/demo/brief_settings.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
namespace fs = std::filesystem;

namespace {

constexpr int kSplits = 3;
constexpr int kClasses = 6;

/// Actions of the demo world that HMDB51 has too, by HMDB51's names.
const std::map<std::string, std::string> kHmdb51Names = {
    {"climbing ladder", "climb"},    {"doing pushups", "pushup"},        {"kicking ball", "kick_ball"},
    {"riding bicycle", "ride_bike"}, {"swinging bat", "swing_baseball"}, {"throwing frisbee", "throw"}};

}  // namespace

class TestProtocol : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path folder_, project_;

    static Listener ignore() {
        return [](const Event&) {};
    }

    /// class_name/class_name_N.mp4 beside lists in which clip N is tested in split N, trained on in the next and unused
    /// in the third.
    void lay_out_hmdb51() const {
        std::map<std::string, std::vector<fs::path>> clips;
        for (const auto& entry : fs::recursive_directory_iterator(folder_ / "world")) {
            if (entry.path().extension() == ".mp4")
                clips[entry.path().parent_path().filename().string()].push_back(entry.path());
        }
        fs::create_directories(folder_ / "lists");
        for (const auto& [action, label] : kHmdb51Names) {
            const auto& paths = clips.at(action);
            fs::create_directories(folder_ / "hmdb" / label);
            for (int split = 1; split <= kSplits; ++split) {
                std::ofstream list(folder_ / "lists" / (label + "_test_split" + std::to_string(split) + ".txt"));
                for (int i = 0; i < kSplits; ++i) {
                    const auto name = label + "_" + std::to_string(i);
                    if (split == 1) fs::copy_file(paths[i], folder_ / "hmdb" / label / (name + ".mp4"));
                    list << name << ".avi " << (i + 1 == split ? 2 : i + 1 == split % kSplits + 1 ? 1 : 0) << " \n";
                }
            }
        }
    }

    ProtocolResult measure(ProtocolParams params) const {
        params.project = project_;
        if (params.data.empty()) params.data = folder_ / "hmdb";
        if (params.lists.empty()) params.lists = folder_ / "lists";
        TaskControl control;
        ProtocolResult out;
        run_here(*make_protocol_job(params, [&](const ProtocolResult& r) { out = r; }), ignore(), control);
        return out;
    }

  private Q_SLOTS:
    void initTestCase() {
        folder_ = dir_.path().toStdString();
        SilentTask task;
        demo::generate_world(folder_ / "world", {.seed = 3, .train_per_class = 2, .val_per_class = 1}, task);
        lay_out_hmdb51();
        project_ = store::Project::create(folder_ / "test").folder();
        TaskControl control;
        engine::run_here(*engine::make_import_job({project_, folder_ / "world", dataset::Layout::automatic}), ignore(),
                         control);
        engine::run_here(*engine::make_train_job({.project = project_, .settings = test::brief_settings()}), ignore(),
                         control);
    }

    void zeroShotMeasuresEverySplit() {
        const auto result = measure({.protocol = "hmdb51-zero-shot"});
        QCOMPARE(result.parts.size(), size_t{kSplits});
        std::vector<double> top1;
        for (const auto& part : result.parts) {
            QCOMPARE(part.classes.size(), size_t{51});  // ranked against all class names
            QCOMPARE(part.report.counted, int64_t{kClasses});
            QCOMPARE(part.listed_clips, int64_t{kClasses});
            top1.push_back(part.report.top1);
        }
        QCOMPARE(result.top1.mean, (top1[0] + top1[1] + top1[2]) / 3);
        QVERIFY(result.top1.deviation.has_value());
        QCOMPARE(result.paper->top1.text, std::string("49.7 ± 1.14"));
        QVERIFY(result.run == 1 && result.epoch == 1);
        // The second time nothing is captioned: the same run of the data project is reused.
        const auto runs = store::Project::open(result.data_project, store::OpenMode::read_only).runs().size();
        QCOMPARE(measure({.protocol = "hmdb51-zero-shot"}).top1.mean, result.top1.mean);
        QCOMPARE(store::Project::open(result.data_project, store::OpenMode::read_only).runs().size(), runs);
    }

    void aMissingClipIsCountedAndNamed() {
        const auto clip = fs::directory_iterator(fs::directory_iterator(folder_ / "hmdb")->path())->path();
        const auto copy = folder_ / "copy";
        fs::copy(folder_ / "hmdb", copy, fs::copy_options::recursive);
        fs::remove(copy / clip.parent_path().filename() / clip.filename());
        fs::remove_all(project_ / "protocols");
        const auto result = measure({.protocol = "hmdb51-zero-shot", .data = copy});
        int64_t counted = 0, listed = 0;
        for (const auto& part : result.parts) {
            counted += part.report.counted;
            listed += part.listed_clips;
        }
        QCOMPARE(listed, int64_t{kSplits * kClasses});
        QCOMPARE(counted, listed - 1);
        const auto named = [&](const Problem& p) { return p.message.find(clip.stem().string()) != std::string::npos; };
        QVERIFY(std::ranges::any_of(result.problems, named));
        fs::remove_all(project_ / "protocols");
    }

    void clipRanksTheClassNames() {
        const auto result = measure({.protocol = "hmdb51-zero-shot", .kind = store::RunKind::clip});
        for (const auto& part : result.parts) QCOMPARE(part.report.counted, int64_t{kClasses});
        QVERIFY(result.top5.mean >= result.top1.mean);
        QCOMPARE(result.run, store::RunId{0});
    }

    void fewShotTrainsOnItsOwnSplitsClips() {
        const auto result = measure({.protocol = "hmdb51-few-shot-16"});
        QCOMPARE(result.protocol.epochs, 30);
        const auto project = store::Project::open(result.data_project, store::OpenMode::read_only);
        std::set<store::RunId> runs;
        for (const auto& part : result.parts) {
            runs.insert(part.run);
            const auto run = project.run(part.run);
            QCOMPARE(run->epoch, 30);
            const auto settings = settings_from_json(run->settings_json);
            QVERIFY(settings.supervision.learn_from == engine::LearnFrom::class_names);
            QVERIFY(settings.supervision.start_from.find("run_1") != std::string::npos);
            // There is one train clip per class: fewer than 16, and the notes say so.
            std::set<store::VideoId> trained, tested;
            for (const auto& row : project.generated(part.run, 0)) trained.insert(row.video);
            for (const auto& p : project.predictions(part.run, 30)) tested.insert(p.video);
            QCOMPARE(trained.size(), size_t{kClasses});
            for (const auto id : tested) QVERIFY(!trained.contains(id));
        }
        QCOMPARE(runs.size(), size_t{kSplits});
        QVERIFY(!result.problems.empty());
    }

    void whatCannotBeMeasuredIsAnError() {
        QVERIFY_EXCEPTION_THROWN(measure({.protocol = "no such protocol"}), Error);
        QVERIFY_EXCEPTION_THROWN(measure({.protocol = "ucf101-zero-shot", .lists = folder_ / "world"}), Error);
        QVERIFY_EXCEPTION_THROWN(measure({.protocol = "hmdb51-few-shot-2", .kind = store::RunKind::clip}), Error);
        QVERIFY_EXCEPTION_THROWN(measure({.protocol = "hmdb51-zero-shot", .run = 4711}), Error);
    }
};

REST_TEST(TestProtocol)
#include "test_protocol.moc"
