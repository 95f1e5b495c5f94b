// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <cmath>

#include "core/training/schedule.h"
#include "tests/support/test_program.h"

using namespace rest::training;

class TestSchedule : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void beginsAndEndsWhereItIsTold() {
        const CosineSchedule schedule = {2e-5, 2e-8, 600};
        QCOMPARE(schedule.at(0), 2e-5);
        QVERIFY(std::abs(schedule.at(600) - 2e-8) < 1e-20);
        QVERIFY(std::abs(schedule.at(300) - (2e-5 + 2e-8) / 2) < 1e-18);
    }

    // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=10, eta_min=0.1) from 1.
    void agreesWithCosineAnnealing() {
        const CosineSchedule schedule = {1, 0.1, 10};
        const double expected[] = {
            1,    0.9779754323328192, 0.9140576474687264, 0.8145033635316129,  0.6890576474687264,
            0.55, 0.4109423525312737, 0.2854966364683872, 0.18594235253127367, 0.12202456766718093,
            0.1};
        for (int step = 0; step <= 10; ++step) QVERIFY(std::abs(schedule.at(step) - expected[step]) < 1e-12);
    }

    void onlyFalls() {
        const CosineSchedule schedule = {2e-5, 2e-8, 97};
        for (int step = 1; step <= 97; ++step) QVERIFY(schedule.at(step) < schedule.at(step - 1));
    }
};

REST_TEST(TestSchedule)
#include "test_schedule.moc"
