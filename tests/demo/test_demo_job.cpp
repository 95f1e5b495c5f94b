// SPDX-License-Identifier: GPL-3.0-or-later
// The demo's world as a job: what it recreates and what it leaves unchanged.
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <optional>

#include "core/demo/demo_job.h"
#include "core/store/project.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::demo;
using namespace rest::test;

namespace fs = std::filesystem;

class TestDemoJob : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;

    fs::path folder(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }

    static std::string draw(const DemoParams& params) {
        TaskControl control;
        return engine::run_here(*make_demo_world_job(params), {}, control);
    }

  private Q_SLOTS:
    void aProjectOfTheUserIsLeftAlone() {
        const DemoParams params{.folder = folder("users"), .quick = true};
        store::Project::create(demo_project(params.folder)).set_setting("mine", "yes");
        const auto text = error_text([&] { draw(params); });
        QVERIFY2(says(text, {demo_project(params.folder).string(), "no demo project", "--dir"}), text.c_str());
        const auto project = store::Project::open(demo_project(params.folder), store::OpenMode::read_only);
        QCOMPARE(project.setting("mine"), std::optional<std::string>("yes"));
    }

    void aFolderThatIsNoProjectIsLeftAlone() {
        const DemoParams params{.folder = folder("folder"), .quick = true};
        fs::create_directories(demo_project(params.folder) / "holiday");
        const auto text = error_text([&] { draw(params); });
        QVERIFY2(says(text, {demo_project(params.folder).string()}), text.c_str());
        QVERIFY(fs::exists(demo_project(params.folder) / "holiday"));
    }

    void quickMeansFewerEpochs() {
        const auto quick = demo_settings({.seed = 5, .quick = true}), whole = demo_settings({.seed = 5});
        QVERIFY(quick.optimisation.epochs < whole.optimisation.epochs);
        QCOMPARE(quick.optimisation.seed, int64_t{5});
        QCOMPARE(whole.optimisation.seed, int64_t{5});
    }

    void anEarlierDemoIsDrawnAnew() {
        const DemoParams params{.folder = folder("demo"), .seed = 2, .quick = true};
        {
            auto earlier = store::Project::create(demo_project(params.folder));
            earlier.set_kind("demo");
            earlier.add_run("of the earlier demo", "{}");
        }
        fs::create_directories(params.folder / "world" / "of the earlier demo");
        QCOMPARE(draw(params), std::string("The demo world is drawn and imported"));
        QVERIFY(!fs::exists(params.folder / "world" / "of the earlier demo"));
        const auto project = store::Project::open(demo_project(params.folder), store::OpenMode::read_only);
        QCOMPARE(project.kind(), std::string("demo"));
        QVERIFY(project.runs().empty());
        int64_t train = 0, val = 0;
        for (const auto& video : project.videos()) {
            QVERIFY2(video.problem.empty(), video.problem.c_str());
            ++(video.split == dataset::Split::train ? train : val);
        }
        const auto classes = std::ssize(project.classes());
        QCOMPARE(val, 3 * classes);
        QVERIFY(train > 0 && train % 5 == 0 && train < 5 * classes);  // some classes are never trained on
    }
};

REST_TEST(TestDemoJob)
#include "test_demo_job.moc"
