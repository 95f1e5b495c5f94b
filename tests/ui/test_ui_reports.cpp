// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QtTest>
#include <tuple>

#include "core/dataset/csv.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"
#include "tests/ui/clips.h"
#include "tests/ui/opening.h"
#include "ui/captions/captions_page.h"
#include "ui/controls/bar_list.h"
#include "ui/controls/name_chips.h"
#include "ui/look/format.h"
#include "ui/reports/class_panel.h"
#include "ui/reports/compare_panel.h"
#include "ui/reports/comparison_model.h"
#include "ui/reports/confusion_map.h"
#include "ui/reports/confusion_panel.h"
#include "ui/reports/evaluation_column.h"
#include "ui/reports/evaluation_model.h"
#include "ui/reports/explorer_panel.h"
#include "ui/reports/export_button.h"
#include "ui/reports/outcome_model.h"
#include "ui/reports/reports_page.h"
#include "ui/reports/result_table_model.h"
#include "ui/reports/summary_panel.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/main_window.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiReports : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    QString project_;
    RunId run_ = 0, blip_ = 0;
    std::vector<VideoId> clips_;  // val: a, b (rowing boat), c (juggling balls), d (surfing)

    static VideoRecord video(const std::string& name, dataset::Split split, int label) {
        VideoRecord out;
        out.name = name;
        out.path = "/nowhere/" + name;
        out.split = split;
        out.label = label;
        return out;
    }

    void put(RunId run, int epoch, const std::vector<std::tuple<std::string, int, int>>& said) {
        std::vector<PredictionRecord> predictions;
        for (size_t i = 0; i < said.size(); ++i) {
            const auto& [caption, predicted, rank] = said[i];
            predictions.push_back({clips_[i], caption, -1, predicted, rank});
        }
        Project::open(path(project_)).put_predictions(run, epoch, predictions);
    }

    ReportsPage& open(MainWindow& window) {
        window.show();
        window.openProject(project_);
        [&] { QTRY_VERIFY(window.session().isOpen()); }();
        window.showPage(MainWindow::Page::reports);
        ReportsPage& page = window.reportsPage();
        [&] { QTRY_VERIFY(page.evaluations()->rowCount() >= 3 && page.idle()); }();
        return page;
    }

    static ReportKey key(MainWindow& window, RunId run, int epoch) { return {window.session().ref(run), epoch}; }

    static QStringList column(const QAbstractItemModel* model, int column) {
        QStringList out;
        for (int row = 0; row < model->rowCount(); ++row) out << model->index(row, column).data().toString();
        return out;
    }

    static std::string content(const QString& file) {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll().toStdString() : std::string();
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        project_ = folder_.filePath(QStringLiteral("bericht eins.rest"));
        {
            Project project = Project::create(path(project_));
            project.set_classes(std::vector<std::string>{"juggling balls", "rowing boat", "surfing"});
            project.put_videos(std::vector<VideoRecord>{
                video("train/t.mp4", dataset::Split::train, 1), video("val/a.mp4", dataset::Split::val, 1),
                video("val/b.mp4", dataset::Split::val, 1), video("val/c.mp4", dataset::Split::val, 0),
                video("val/d.mp4", dataset::Split::val, 2)});
            for (const auto& one : project.videos()) {
                if (one.split == dataset::Split::val) clips_.push_back(one.id);
            }
            blip_ = project.add_run("BLIP, first captions", engine::to_json(engine::preset("demo")), RunKind::blip);
            run_ = project.add_run("REST", engine::to_json(engine::preset("demo")));
            project.set_run_status(run_, RunStatus::finished);
        }
        put(blip_, 0, {{"water", 2, 1}, {"a boat", 1, 0}, {"a man", 1, 2}, {"the sea", 2, 0}});
        put(run_, 0, {{"water", 2, 1}, {"a boat", 1, 0}, {"a man", 1, 2}, {"the sea", 2, 0}});
        put(run_, 5,
            {{"a person is rowing a boat", 1, 0},
             {"a person is rowing a boat", 1, 0},
             {"a man outside", 1, 1},
             {"a boat", 1, 1}});
    }

    void listAndSummary() {
        MainWindow window;
        ReportsPage& page = open(window);
        QCOMPARE(column(page.evaluations(), 0), QStringList({"REST", "REST", "BLIP, first captions"}));
        QCOMPARE(page.current(), key(window, run_, 5));
        const evaluation::ResultTable table = page.summary()->table();
        QCOMPARE(table.rows.size(), size_t{4});  // the newest epoch, the baseline, and the paper's two
        QCOMPARE(*table.rows[0].cells[1].value, 50.0);
        QCOMPARE(*table.rows[1].cells[1].value, 50.0);
        QVERIFY(table.rows[3].greyed);
        page.evaluations()->setData(page.evaluations()->index(1), Qt::Checked, Qt::CheckStateRole);
        QTRY_COMPARE(page.summary()->table().rows.size(), size_t{5});
        QCOMPARE(page.evaluations()->index(2).data(EvaluationModel::FigureRole).toString(),
                 percentText(50) + QStringLiteral(" %"));
        bool command = false;
        for (const QLineEdit* field : page.summary()->findChildren<QLineEdit*>())
            command |= field->text().contains(QStringLiteral("--run 2 --epoch 5"));
        QVERIFY(command);
    }

    void aClassShowsItsClips() {
        MainWindow window;
        ReportsPage& page = open(window);
        page.show(ReportsPage::View::classes);
        QCOMPARE(page.classes()->bars()->bars().size(), size_t{3});
        QCOMPARE(page.classes()->bars()->bars().back().name, QStringLiteral("rowing boat"));  // the worst first
        page.classes()->chooseClass(1);
        QCOMPARE(column(page.classes()->clips(), OutcomeModel::NameColumn), QStringList({"a.mp4", "b.mp4"}));
        page.classes()->chooseClass(2);
        QCOMPARE(column(page.classes()->clips(), OutcomeModel::NameColumn), QStringList({"d.mp4"}));
        QCOMPARE(column(page.classes()->clips(), OutcomeModel::ReadColumn), QStringList({"rowing boat"}));
        QCOMPARE(column(page.classes()->clips(), OutcomeModel::PlaceColumn), QStringList({"2"}));
        page.classes()->setOrder(ClassPanel::Order::name);
        QCOMPARE(page.classes()->bars()->bars().front().name, QStringLiteral("juggling balls"));
        QCOMPARE(page.classes()->bars()->current(), 2);  // the choice stays
    }

    void aCellShowsItsClips() {
        MainWindow window;
        ReportsPage& page = open(window);
        page.show(ReportsPage::View::confusion);
        QCOMPARE(page.confusion()->pairs()->rowCount(), 2);
        ConfusionMap* map = page.confusion()->map();
        Q_EMIT map->cellChosen(1, 1);
        QCOMPARE(column(page.confusion()->clips(), OutcomeModel::NameColumn), QStringList({"a.mp4", "b.mp4"}));
        map->setCell(1, 1);
        QTest::keyClick(map, Qt::Key_Down);
        QCOMPARE(map->label(), 2);
        QCOMPARE(column(page.confusion()->clips(), OutcomeModel::NameColumn), QStringList({"d.mp4"}));
        QTest::keyClick(map, Qt::Key_Left);
        QCOMPARE(page.confusion()->clips()->rowCount(), 0);
    }

    /// a: 2nd to 1st; c: 3rd to 2nd; b stays; d: 1st to 2nd.
    void comparedByHand() {
        MainWindow window;
        ReportsPage& page = open(window);
        page.show(ReportsPage::View::compare);
        ComparisonModel* model = page.compare()->model();
        QTRY_COMPARE(model->rowCount(), 4);  // with the run's first epoch
        QCOMPARE(model->comparison().improved, int64_t{2});
        QCOMPARE(model->comparison().worsened, int64_t{1});
        QCOMPARE(model->comparison().same, int64_t{1});
        page.compare()->setFilter(ComparePanel::Filter::improved);
        QCOMPARE(column(model, ComparisonModel::NameColumn), QStringList({"a.mp4", "c.mp4"}));
        page.compare()->setFilter(ComparePanel::Filter::worsened);
        QCOMPARE(column(model, ComparisonModel::NameColumn), QStringList({"d.mp4"}));
        QCOMPARE(column(model, ComparisonModel::CaptionBeforeColumn), QStringList({"the sea"}));
        QCOMPARE(column(model, ComparisonModel::CaptionAfterColumn), QStringList({"a boat"}));
    }

    void aClipOpensOnTheCaptionsPage() {
        MainWindow window;
        ReportsPage& page = open(window);
        for (const auto open_row : {openByMouse, openByKey}) {
            window.showPage(MainWindow::Page::reports);
            window.captionsPage().showVideo(clips_[0]);
            page.show(ReportsPage::View::classes);
            page.classes()->chooseClass(2);
            auto* table = page.classes()->findChild<QTableView*>();
            open_row(table, table->model()->index(0, 0));
            QCOMPARE(window.captionsPage().video(), clips_[3]);
            QVERIFY(window.captionsPage().isVisible());
        }
    }

    void exportsAreWhole() {
        MainWindow window;
        ReportsPage& page = open(window);
        const auto file = [&](const char* name) { return folder_.filePath(QString::fromLatin1(name)); };
        page.show(ReportsPage::View::classes);
        for (const char* name : {"t.csv", "t.json", "t.tex", "t.png", "t.svg"})
            QVERIFY(page.exporter()->save(file(name)));
        const std::string csv = content(file("t.csv"));
        dataset::CsvReader rows(csv);
        std::vector<std::string> row;
        for (int i = 0; i < 4; ++i) QVERIFY(rows.next(row));
        QCOMPARE(row.at(0), std::string("surfing"));
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(content(file("t.json")))).object();
        QCOMPARE(json["rows"].toArray().size(), 3);
        QVERIFY(json["provenance"].toArray().last().toString().contains(QStringLiteral("rest evaluate")));
        QVERIFY(content(file("t.tex")).find("\\toprule") != std::string::npos);
        const QImage image(file("t.png"));
        QCOMPARE(image.width(), 1440);  // twice the resolution
        QXmlStreamReader svg(QByteArray::fromStdString(content(file("t.svg"))));
        bool named = false;
        while (!svg.atEnd())
            named |= svg.readNext() == QXmlStreamReader::Characters && svg.text().contains(QStringLiteral("juggling"));
        QVERIFY(!svg.hasError() && named);
        page.show(ReportsPage::View::confusion);
        QVERIFY(page.exporter()->save(file("m.svg")) && page.exporter()->save(file("m.png")));
        page.show(ReportsPage::View::summary);
        QVERIFY(!page.exporter()->save(file("s.png")));  // it has no chart
        QVERIFY(!page.exporter()->save(file("no such folder/s.csv")));
        page.exporter()->copyTable();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("REST, epoch 5\t50.0")));
    }

    void theExplorerRanks() {
        MainWindow window;
        ReportsPage& page = open(window);
        page.show(ReportsPage::View::explorer);
        ExplorerPanel* explorer = page.explorer();
        explorer->setCaption(QStringLiteral("a person is rowing a boat"));
        QTRY_VERIFY(!explorer->bars()->bars().empty());
        QCOMPARE(explorer->bars()->bars().front().name, QStringLiteral("rowing boat"));
        auto* own = explorer->findChild<NameChips*>();
        QTest::keyClicks(own->field(), QStringLiteral("a person is rowing a boat,"));
        QCOMPARE(own->names(), QStringList({"a person is rowing a boat"}));
        QTRY_COMPARE(explorer->bars()->bars().size(), size_t{4});
        QTRY_VERIFY(explorer->idle());
        QCOMPARE(explorer->bars()->bars().front().name, QStringLiteral("a person is rowing a boat"));
        explorer->showVideo(clips_[3]);
        QTRY_VERIFY(explorer->answer().contains(QStringLiteral("True class: <b>surfing</b>")));
        QCOMPARE(std::ranges::count(explorer->bars()->bars(), true, &Bar::marked), 1);
        explorer->setCaption({});
        QTRY_VERIFY(explorer->bars()->bars().empty());
    }

    void newEvaluationsComeInAndTheChoiceStays() {
        MainWindow window;
        ReportsPage& page = open(window);
        page.showReport(key(window, run_, 0));
        page.show(ReportsPage::View::classes);
        page.classes()->chooseClass(2);
        put(run_, 10, {{"a boat", 1, 0}, {"a boat", 1, 0}, {"balls", 0, 0}, {"a boat", 1, 1}});
        Q_EMIT window.engine().runChanged(window.session().ref(run_));
        QTRY_COMPARE(page.evaluations()->rowCount(), 4);
        QTRY_VERIFY(page.idle());
        QCOMPARE(page.current(), key(window, run_, 0));
        QCOMPARE(page.classes()->bars()->current(), 2);
        QCOMPARE(*page.summary()->table().rows[0].cells[1].value, 75.0);  // the newest epoch replaces the previous one
    }

    void aBaselineIsMeasuredAndShown() {
        const QString folder = folder_.filePath(QStringLiteral("measure.rest"));
        {
            Project project = Project::create(path(folder));
            project.set_kind("demo");
            project.set_classes(std::vector<std::string>{"rowing boat", "surfing"});
            auto clip = video("val/a.mp4", dataset::Split::val, 0);
            clip.path = writeGreyClip(folder_.path(), QStringLiteral("a.mp4"), 16).toStdString();
            clip.frames = 16, clip.width = 64, clip.height = 48, clip.duration_seconds = 1.6;
            project.put_videos(std::vector<VideoRecord>{clip});
        }
        MainWindow window;
        window.show();
        window.openProject(folder);
        QTRY_VERIFY(window.session().isOpen());
        window.showPage(MainWindow::Page::reports);
        ReportsPage& page = window.reportsPage();
        QCOMPARE(page.evaluations()->rowCount(), 0);
        page.column()->addBaseline(RunKind::clip);
        QTRY_COMPARE_WITH_TIMEOUT(page.evaluations()->rowCount(), 1, 30000);
        QTRY_COMPARE(page.current(), key(window, 1, 0));
        QTRY_COMPARE(page.classes()->clips()->rowCount(), 1);
    }

    void largeSetsStayLight() {
        const QString large = folder_.filePath(QStringLiteral("large.rest"));
        constexpr int classes = 400;
        constexpr int count = 20000;
        RunId run = 0;
        {
            Project project = Project::create(path(large));
            std::vector<std::string> names;
            for (int i = 0; i < classes; ++i) names.push_back("action number " + std::to_string(i));
            project.set_classes(names);
            std::vector<VideoRecord> videos;
            for (int i = 0; i < count; ++i)
                videos.push_back(video("val/clip " + std::to_string(i), dataset::Split::val, i % classes));
            project.put_videos(videos);
            run = project.add_run("REST", engine::to_json(engine::preset("demo")));
            std::vector<PredictionRecord> first, last;
            for (const auto& one : project.videos()) {
                const int at = static_cast<int>(one.id);
                first.push_back({one.id, "a person is doing thing " + std::to_string(at % 3000), -1,
                                 at % 7 == 0 ? one.label : (at * 31) % classes, at % 7});
                last.push_back({one.id, "a person is doing thing " + std::to_string(at % 500), -1,
                                at % 3 == 0 ? one.label : (at * 17) % classes, at % 3});
            }
            project.put_predictions(run, 0, first);
            project.put_predictions(run, 5, last);
        }
        const test::ProcessorTimer clock;
        const Report report =
            makeReport(engine::stored_report(Project::open(path(large), OpenMode::read_only), run, 5));
        const long long made = clock.elapsed();
        QCOMPARE(report.result.report.counted, int64_t{count});

        MainWindow window;
        window.show();
        window.openProject(large);
        QTRY_VERIFY(window.session().isOpen());
        test::ThreadTimer since;  // of the window alone, not of what it waits for
        double longest = 0;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] {
            longest = std::max(longest, since.milliseconds());
            since.start();
        });
        beat.start(2);
        window.showPage(MainWindow::Page::reports);
        ReportsPage& page = window.reportsPage();
        QTRY_VERIFY(page.classes()->bars()->bars().size() == classes && page.idle());
        for (const auto view : {ReportsPage::View::classes, ReportsPage::View::confusion, ReportsPage::View::compare}) {
            page.show(view);
            QTest::qWait(60);
        }
        qInfo("report of %d clips and %d classes: %lld ms; the window was away for %.0f ms at most", count, classes,
              made, longest);
        QVERIFY2(made < 2000, qPrintable(QString::number(made)));  // a second on an idle machine
        QVERIFY2(longest < 1000, qPrintable(QString::number(longest)));
    }
};

REST_TEST(TestUiReports)
#include "test_ui_reports.moc"
