// SPDX-License-Identifier: GPL-3.0-or-later
// Which evaluation is shown, ticked and compared with which, while others arrive.
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <thread>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "tests/ui/opening.h"
#include "ui/reports/compare_panel.h"
#include "ui/reports/comparison_model.h"
#include "ui/reports/evaluation_column.h"
#include "ui/reports/evaluation_model.h"
#include "ui/reports/reports_page.h"
#include "ui/session/engine_client.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

namespace {

/// Reports an evaluation as a training does: the values are stored and reported; the epoch's end, with its checkpoint,
/// comes much later.
class MeasuringJob final : public engine::Job {
  public:
    MeasuringJob(MadeProject made, RunId run, int epoch) : made_(std::move(made)), run_(run), epoch_(epoch) {}
    std::string title() const override { return "Measure"; }
    std::string run(engine::JobContext& context) override {
        made_.measure(run_, epoch_, {{"x", 1, 0}, {"x", 1, 0}, {"x", 0, 0}, {"x", 1, 1}});
        const MetricPoint point = {"clip_tam_top1", epoch_, 75.0, 0};
        {
            auto project = Project::open(path(made_.folder));
            project.add_metrics(run_, std::vector{point});
            context.emit(engine::MetricAdded{context.id(), project.ref(run_), point});
        }
        for (;;) {
            context.check();
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }

  private:
    MadeProject made_;
    RunId run_;
    int epoch_;
};

}  // namespace

class TestUiReportChoice : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    int made_ = 0;

    /// Epochs 0, 5 and 10 of a run, and a baseline measured after it.
    MadeProject make(RunId& run, RunId& baseline) {
        MadeProject made(folder_.filePath(QStringLiteral("p%1.rest").arg(++made_)));
        run = made.addRun("REST");
        for (const int epoch : {0, 5, 10}) {
            const std::string said = "said at " + std::to_string(epoch);
            made.measure(run, epoch, {{said, 1, 0}, {said, 1, 0}, {said, 1, epoch == 10 ? 2 : 1}, {said, 2, 0}});
        }
        baseline = made.addRun("BLIP", RunKind::blip);
        made.measure(baseline, 0, {{"blip", 2, 1}, {"blip", 1, 0}, {"blip", 1, 2}, {"blip", 2, 0}});
        return made;
    }

    static ReportsPage& open(MainWindow& window, const MadeProject& made) {
        [&] { QVERIFY(openIn(window, made)); }();
        window.showPage(MainWindow::Page::reports);
        ReportsPage& page = window.reportsPage();
        [&] { QTRY_VERIFY(page.evaluations()->rowCount() >= 4 && page.idle()); }();
        return page;
    }

    static QListView* list(ReportsPage& page) { return page.column()->findChild<QListView*>(); }

    static int rowOf(ReportsPage& page, const QString& about) {
        for (int row = 0; row < page.evaluations()->rowCount(); ++row) {
            const QString words = page.evaluations()->index(row).data(EvaluationModel::AboutRole).toString();
            if (words.contains(about)) return row;
        }
        return -1;
    }

    /// The captions of the two sides of the comparison, read from its first row.
    static QStringList sides(ReportsPage& page) {
        const ComparisonModel* model = page.compare()->model();
        if (model->rowCount() == 0) return {};
        return {model->index(0, ComparisonModel::CaptionBeforeColumn).data().toString(),
                model->index(0, ComparisonModel::CaptionAfterColumn).data().toString()};
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    /// Whatever is chosen at the left and in the field, "before" is the earlier of the two.
    void beforeIsTheEarlierOne() {
        RunId run = 0, baseline = 0;
        const MadeProject made = make(run, baseline);
        MainWindow window;
        ReportsPage& page = open(window, made);
        page.show(ReportsPage::View::compare);
        auto* field = page.compare()->findChild<QComboBox*>();
        QVERIFY(field);
        const auto words = [](const QString& about) {
            return about.contains(QStringLiteral("baseline"))
                       ? QStringLiteral("blip")
                       : QStringLiteral("said at ") +
                             about.section(QStringLiteral("epoch "), 1).section(QChar(' '), 0, 0);
        };
        for (const char* shown : {"epoch 0", "epoch 5", "epoch 10", "baseline"}) {
            list(page)->setCurrentIndex(page.evaluations()->index(rowOf(page, QLatin1String(shown))));
            QTRY_VERIFY(page.idle());
            QTRY_COMPARE(sides(page).size(), 2);
            QVERIFY(sides(page)[0] != sides(page)[1]);
            for (int other = 0; other < field->count(); ++other) {
                field->setCurrentIndex(other);
                Q_EMIT field->activated(other);
                QTRY_VERIFY(page.idle());
                QTRY_COMPARE(sides(page).size(), 2);
                const QString before = sides(page)[0];
                const QString after = sides(page)[1];
                QVERIFY2(before != after, qPrintable(before));
                QVERIFY(before == words(QLatin1String(shown)) || after == words(QLatin1String(shown)));
                const QStringList order = {"blip", "said at 0", "said at 5", "said at 10"};
                QVERIFY2(order.indexOf(before) < order.indexOf(after), qPrintable(before + " / " + after));
            }
        }
    }

    void tickAndSelectionFollowTheNewestEpoch() {
        RunId run = 0, baseline = 0;
        const MadeProject made = make(run, baseline);
        MainWindow window;
        ReportsPage& page = open(window, made);
        const auto about = [&] { return list(page)->currentIndex().data(EvaluationModel::AboutRole).toString(); };
        const auto ticked = [&] { return list(page)->currentIndex().data(Qt::CheckStateRole).toInt() == Qt::Checked; };
        QVERIFY2(about().contains(QStringLiteral("epoch 10")), qPrintable(about()));
        QVERIFY(ticked());
        made.measure(run, 15, {{"new", 1, 0}, {"new", 1, 0}, {"new", 0, 0}, {"new", 2, 0}});
        Q_EMIT window.engine().runChanged(window.session().ref(run));
        QTRY_COMPARE(page.evaluations()->rowCount(), 5);
        QTRY_VERIFY(page.idle());
        QVERIFY2(ticked(), "the tick has moved on and the selection has not");
        QVERIFY2(about().contains(QStringLiteral("epoch 15")), qPrintable(about()));
        QCOMPARE(list(page)->selectionModel()->selectedIndexes().size(), 1);
    }

    void whatTrainShowsReportsShows() {
        RunId run = 0, baseline = 0;
        const MadeProject made = make(run, baseline);
        MainWindow window;
        ReportsPage& page = open(window, made);
        window.engine().submit(std::make_unique<MeasuringJob>(made, run, 15));
        const auto drawn = [&] {
            for (const auto* label : window.trainPage().findChildren<QLabel*>()) {
                if (label->text().contains(QLocale().toString(75.0, 'f', 1))) return true;
            }
            return false;
        };
        QTRY_VERIFY(drawn());
        QTRY_COMPARE(page.evaluations()->rowCount(), 5);
        QVERIFY(window.engine().busy());  // the epoch has not ended
        QCOMPARE(page.evaluations()->index(rowOf(page, QStringLiteral("epoch 15"))).data(EvaluationModel::FigureRole),
                 QVariant(percentText(75) + QStringLiteral(" %")));
        window.engine().cancelAll();
        QTRY_VERIFY(!window.engine().busy());
    }

    /// A tick removed from the newest epoch stays removed when a newer one arrives.
    void whatIsLeftOutStaysOut() {
        RunId run = 0, baseline = 0;
        const MadeProject made = make(run, baseline);
        MainWindow window;
        ReportsPage& page = open(window, made);
        const auto tick = [&](const char* epoch) {
            return page.evaluations()->index(rowOf(page, QLatin1String(epoch))).data(Qt::CheckStateRole).toInt();
        };
        page.evaluations()->setData(page.evaluations()->index(rowOf(page, QStringLiteral("epoch 10"))), Qt::Unchecked,
                                    Qt::CheckStateRole);
        made.measure(run, 15, {{"new", 1, 0}, {"new", 1, 0}, {"new", 0, 0}, {"new", 2, 0}});
        Q_EMIT window.engine().runChanged(window.session().ref(run));
        QTRY_COMPARE(page.evaluations()->rowCount(), 5);
        QCOMPARE(tick("epoch 15"), static_cast<int>(Qt::Unchecked));
        QCOMPARE(tick("epoch 10"), static_cast<int>(Qt::Unchecked));
    }
};

REST_TEST(TestUiReportChoice)
#include "test_ui_report_choice.moc"
