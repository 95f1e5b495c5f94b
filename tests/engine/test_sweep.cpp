// SPDX-License-Identifier: GPL-3.0-or-later
// The grid of a sweep; the tests of training cover that a sweep trains, stops and resumes.
#include <QtTest/QtTest>

#include "core/base/error.h"
#include "core/engine/run/sweep.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;

class TestSweep : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void axesAreRead() {
        const auto axis = sweep_axis("K=1,3,5");
        QCOMPARE(axis.setting, std::string("captions_per_video"));
        QCOMPARE(axis.values, (std::vector<std::string>{"1", "3", "5"}));
        QCOMPARE(sweep_axis("learning_rate=1e-5").values.size(), size_t{1});
        QCOMPARE(sweep_axis("N_I=1,2").setting, std::string("retrievals"));
        for (const char* bad : {"K", "K=", ""}) QVERIFY_EXCEPTION_THROWN(sweep_axis(bad), Error);
    }

    void everyCombination() {
        SweepParams params{.base = preset("demo"), .axes = {sweep_axis("H=1,16"), sweep_axis("K=1,3,5")}, .seeds = 2};
        params.base.optimisation.seed = 7;
        const auto cells = sweep_grid(params);
        QCOMPARE(cells.size(), size_t{6});
        QCOMPARE(cells[0].settings.size(), size_t{2});
        QCOMPARE(cells[0].settings[0].optimisation.seed, 7);
        QCOMPARE(cells[0].settings[1].optimisation.seed, 8);
        QCOMPARE(cells[1].settings[0].retrieval.neighbours, 1);
        QCOMPARE(cells[1].settings[0].retrieval.captions_per_video, 3);  // the last axis varies fastest
        QCOMPARE(cells[5].settings[1].retrieval.neighbours, 16);
        QCOMPARE(cells[5].settings[1].retrieval.captions_per_video, 5);
        QCOMPARE(cells[5].settings[1].optimisation.epochs, params.base.optimisation.epochs);
    }

    void noAxesIsOneCell() {
        QCOMPARE(sweep_grid({.base = preset("demo"), .seeds = 3}).at(0).settings.size(), size_t{3});
    }

    void refusesWhatIsNoGrid() {
        const auto refused = [](SweepParams params) {
            params.base = preset("demo");
            QVERIFY_EXCEPTION_THROWN(sweep_grid(params), Error);
        };
        refused({.axes = {sweep_axis("K=1"), sweep_axis("captions_per_video=3")}});
        refused({.axes = {{"neighbours", {}}}});
        refused({.axes = {sweep_axis("K=1,many")}});
        refused({.axes = {sweep_axis("nonsense=1")}});
        refused({.axes = {sweep_axis("seed=1,2")}, .seeds = 2});
        refused({.seeds = 0});
    }
};

REST_TEST(TestSweep)
#include "test_sweep.moc"
