// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"
#include "ui/reports/evaluation_model.h"

using namespace rest;
using namespace rest::ui;

class TestUiEvaluationList : public QObject {
    Q_OBJECT

    /// As the store tells it: newest run first, and of each its newest epoch first.
    static EvaluationList list(int runs, int epochs) {
        EvaluationList made{"/somewhere/far/down/in/folders/of/a/laboratory/kitchen.rest", {}};
        for (int run = runs; run > 0; --run) {
            for (int epoch = epochs; epoch > 0; --epoch) {
                engine::StoredEvaluation one;
                one.run = run;
                one.epoch = epoch;
                made.all.push_back(one);
            }
        }
        return made;
    }

  private Q_SLOTS:
    void isFoundByProjectRunAndEpoch() {
        const EvaluationList evaluations = list(3, 4);
        QCOMPARE(evaluations.find({{evaluations.project, 2}, 3})->epoch, 3);
        QVERIFY(!evaluations.find({{evaluations.project, 2}, 5}));
        QVERIFY(!evaluations.find({{"/elsewhere.rest", 2}, 3}));
        QVERIFY(evaluations.newestOf({evaluations.project, 2}) == (ReportKey{{evaluations.project, 2}, 4}));
        QVERIFY(!evaluations.newestOf({"/elsewhere.rest", 2}).run);
        QCOMPARE(evaluations.newestEpochs(), (std::map<store::RunId, int>{{1, 4}, {2, 4}, {3, 4}}));
    }

    /// A project of many runs, whose list comes anew with every epoch.
    void manyAreTakenQuickly() {
        EvaluationModel model;
        model.setEvaluations(list(300, 20));
        for (int row = 0; row < model.rowCount(); row += 20)
            model.setData(model.index(row, 0), Qt::Unchecked, Qt::CheckStateRole);
        const test::ThreadTimer timer;
        model.setEvaluations(list(300, 21));
        QVERIFY2(timer.milliseconds() < 500, qPrintable(QString::number(timer.milliseconds())));
        QCOMPARE(model.index(0, 0).data(Qt::CheckStateRole).toInt(), static_cast<int>(Qt::Unchecked));
        QCOMPARE(model.checked().size(), size_t{0});
    }
};

REST_TEST(TestUiEvaluationList)
#include "test_ui_evaluation_list.moc"
