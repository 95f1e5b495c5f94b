// SPDX-License-Identifier: GPL-3.0-or-later
// What the Captions page is made of, and what leaves it: evolution, neighbours, diversity, figures.
#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QToolButton>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/caption_world.h"
#include "ui/captions/captions_page.h"
#include "ui/captions/cell_model.h"
#include "ui/captions/diff_text.h"
#include "ui/captions/diversity_panel.h"
#include "ui/captions/evolution.h"
#include "ui/captions/figure_dialog.h"
#include "ui/captions/neighbour_model.h"
#include "ui/captions/video_column.h"
#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_model.h"
#include "ui/look/theme.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/main_window.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

namespace {

CaptionRecord listed(int step, int rank, const std::string& words) {
    CaptionRecord caption;
    caption.step = step;
    caption.rank = rank;
    caption.text = words;
    return caption;
}

QByteArray bytesOf(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

CaptionsPage& openAt(MainWindow& window, const CaptionWorld& world) {
    window.resize(1280, 800);
    window.show();
    window.openProject(world.folder());
    [&] { QTRY_VERIFY(window.session().isOpen() && window.session().idle()); }();
    window.showPage(MainWindow::Page::captions);
    window.captionsPage().showVideo(world.a(), false);
    [&] { QTRY_VERIFY(window.captionsPage().idle()); }();
    return window.captionsPage();
}

/// A world whose second step gives most videos the same caption.
void collapse(const CaptionWorld& world) {
    std::vector<VideoId> ids;
    for (const auto& video : world.videos) {
        if (video.split == dataset::Split::train) ids.push_back(video.id);
    }
    for (const int step : {0, 1}) {
        std::vector<std::vector<CaptionRecord>> lists;
        for (size_t i = 0; i < ids.size(); ++i) {
            auto one = listed(step, 0, "a man doing thing number " + std::to_string(i));
            one.source_video = ids[i];
            if (step == 1 && i % 2 == 0) {
                one.text = "stock video footage";
                one.source_video = ids[0];
                one.origin = i == 0 ? CaptionOrigin::generated : CaptionOrigin::retrieved;
            }
            lists.push_back({one});
        }
        world.project().put_step(world.run, step, ids, lists);
    }
}

}  // namespace

class TestUiCaptionsParts : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QSettings().clear(); }

    void whatBecameOfEachCaption() {
        const std::vector<CaptionRecord> captions = {listed(1, 0, "a man rowing a red boat"),
                                                     listed(0, 1, "A man  rowing"),
                                                     listed(0, 0, "a dog"),
                                                     listed(1, 1, "a dog"),
                                                     listed(1, 2, "stock footage"),
                                                     listed(3, 0, "a man rowing a red boat")};
        const auto steps = evolutionOf(captions, {});
        QCOMPARE(steps.size(), size_t{3});
        QCOMPARE(steps[0].kept[0].caption.text, std::string("a dog"));
        QVERIFY(!steps[0].kept[0].fresh && steps[0].given_up.empty());
        const auto& second = steps[1].kept;
        QVERIFY(second[0].fresh && second[0].diff);
        QCOMPARE(second[0].like, std::string("A man  rowing"));  // nearer than the dog
        QCOMPARE(second[0].diff->same, int64_t{3});
        QVERIFY(!second[1].fresh);
        QCOMPARE(second[1].place_before, 0);
        QVERIFY(second[2].fresh && !second[2].diff);  // like none before
        QCOMPARE(steps[1].given_up.size(), size_t{1});
        QCOMPARE(steps[1].given_up[0].text, std::string("A man  rowing"));
        QCOMPARE(steps[2].step, 3);  // compared with the step that there is before it
        QCOMPARE(steps[2].kept[0].place_before, 0);
        QCOMPARE(steps[2].given_up.size(), size_t{2});
        QVERIFY(evolutionOf({}, {}).empty());
    }

    void whatWasSaidIsGathered() {
        std::vector<GeneratedCaption> made;
        for (const int frame : {3, 1}) {
            for (const char* prompt : {"a video of ", "someone is"})
                made.push_back({1, 0, frame == 1 ? "A dog" : "a  dog", "blip", prompt, frame, -1});
        }
        made.push_back({1, 0, "a cat", "blip", "a video of ", 0, -1});
        made.push_back({1, 1, "a bird", "run 1 epoch 5", "a video of ", -1, -1});
        const auto steps = evolutionOf({listed(0, 0, "a cat"), listed(1, 0, "a cat")}, made);
        QCOMPARE(steps[0].said.size(), size_t{2});
        QCOMPARE(steps[0].said[0].text, std::string("a cat"));
        QCOMPARE(steps[0].said[0].place, 0);
        QCOMPARE(steps[0].said[1].times, 4);
        QCOMPARE(steps[0].said[1].frames, (std::vector<int>{1, 3}));
        QCOMPARE(steps[0].said[1].place, -1);
        QCOMPARE(steps[1].said[0].text, std::string("a bird"));
        QVERIFY(steps[1].said[0].frames.empty());
        QVERIFY(steps[0].fingerprint() != steps[1].fingerprint());
        QCOMPARE(steps[0].fingerprint(), evolutionOf({listed(0, 0, "a cat")}, made)[0].fingerprint());
    }

    void marksAreFormsNotColoursAlone() {
        for (const bool dark : {false, true}) {
            QPalette palette;
            palette.setColor(QPalette::Window, dark ? Qt::black : Qt::white);
            palette.setColor(QPalette::WindowText, dark ? Qt::white : Qt::black);
            const Colours c = coloursOf(palette);
            const auto html = [&](const char* before, const char* after) {
                return diffHtml(evaluation::word_diff(before, after), c)
                    .replace(QRegularExpression(QStringLiteral("<span[^>]*>|</span>")), QString());
            };
            QCOMPARE(html("a dark boat", "a red boat"), QStringLiteral("a <s>dark</s> <b><u>red</u></b> boat"));
            QCOMPARE(html("a boat", "a red ship"), QStringLiteral("a <s>boat</s> <b><u>red ship</u></b>"));
            QCOMPARE(html("a man & a dog", "a man & a <b>"),
                     QStringLiteral("a man &amp; a <s>dog</s> <b><u>&lt;b&gt;</u></b>"));
            QCOMPARE(html("一个男人", "一个女人"), QString::fromUtf8("一个<s>男</s><b><u>女</u></b>人"));
            QCOMPARE(html("a glass blower - stock footage", "a glass blower"),
                     QStringLiteral("a glass blower <s>stock footage</s>"));
            const auto diff = evaluation::word_diff("a dark boat", "a red boat");
            QVERIFY(diffHtml(diff, c).contains(c.good.name()) && diffHtml(diff, c).contains(c.bad.name()));
        }
        QCOMPARE(diffWords(evaluation::word_diff("a dark boat", "a red boat now")),
                 QStringLiteral("added: red, now; removed: dark"));
    }

    void modelsKeepTheirPromises() {
        CaptionWorld world;
        const auto table = std::make_shared<const VideoTable>(makeVideoTable(world.videos, {"rowing", "surfing"}));
        ThumbnailLoader thumbnails(QSize(60, 40));
        NeighbourModel near(&thumbnails);
        const QAbstractItemModelTester near_tester(&near, QAbstractItemModelTester::FailureReportingMode::QtTest);
        near.setTable(table);
        near.setNeighbours({{world.b(), 0.5f}, {12345, 0.25f}}, {world.b()});
        QCOMPARE(near.rowCount(), 2);
        QCOMPARE(near.index(0, 0).data(VideoModel::LineRole).toString(), QStringLiteral("0.500 ✓"));
        near.showClasses(true);
        QCOMPARE(near.index(0, 0).data(VideoModel::LineRole).toString(), QStringLiteral("0.500 ✓ · surfing"));
        QVERIFY(near.index(1, 0).data().toString().contains(QStringLiteral("gone")));
        near.setNeighbours({}, {});

        VideoModel videos(nullptr);
        const QAbstractItemModelTester video_tester(&videos, QAbstractItemModelTester::FailureReportingMode::QtTest);
        videos.setTable(table);
        videos.setOnly(std::vector<VideoId>{world.a(), world.c()});
        QCOMPARE(videos.rowCount(), 2);
        videos.setFilter({QStringLiteral("c.mp4"), {}, false});
        QCOMPARE(videos.rowCount(), 1);
        videos.setTable(table);
        QCOMPARE(videos.rowCount(), 1);
        videos.showClasses(false);
        QCOMPARE(videos.index(0, 0).data(VideoModel::LineRole).toString(), QStringLiteral("train"));
        videos.setOnly(std::nullopt);
        videos.setFilter({});
        QCOMPARE(videos.rowCount(), 5);

        CellModel cells({QStringLiteral("Name"), QStringLiteral("Count")});
        const QAbstractItemModelTester cell_tester(&cells, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<CellModel::Row> rows;
        for (const int count : {9, 100, 20})
            rows.push_back(
                {{{QString::number(count), QString::number(count)}, {QString::number(count), count}}, {}, count});
        cells.setRows(rows);
        const QPersistentModelIndex hundred = cells.index(1, 0);
        cells.sort(1, Qt::DescendingOrder);
        QCOMPARE(cells.index(0, 1).data().toString(), QStringLiteral("100"));
        QCOMPARE(cells.index(2, 1).data().toString(), QStringLiteral("9"));
        QCOMPARE(hundred.row(), 0);
        cells.sort(1, Qt::AscendingOrder);
        QCOMPARE(hundred.row(), 2);
        cells.setRows({});
        QCOMPARE(cells.rowCount(), 0);
    }

    void diversityIsCountedAndLeadsToItsVideos() {
        CaptionWorld world(40);
        collapse(world);
        MainWindow window;
        CaptionsPage& page = openAt(window, world);
        page.show(CaptionsPage::View::diversity);
        DiversityPanel* panel = page.tabs()->diversity();
        QTRY_COMPARE(panel->steps()->model()->rowCount(), 2);
        QTRY_VERIFY(panel->idle());
        const auto cell = [](QTableView* table, int row, int column) {
            return table->model()->index(row, column).data().toString();
        };
        QCOMPARE(cell(panel->steps(), 0, 1), QStringLiteral("44"));
        QCOMPARE(cell(panel->steps(), 0, 2), QStringLiteral("44"));
        QCOMPARE(cell(panel->steps(), 1, 2), QStringLiteral("23"));
        QCOMPARE(cell(panel->steps(), 1, 3), QStringLiteral("52.3 %"));
        QVERIFY(cell(panel->steps(), 1, 0).contains(QStringLiteral("⚠")));
        QVERIFY2(panel->warning().contains(QStringLiteral("“stock video footage” stands in the lists of 50.0 %")),
                 qPrintable(panel->warning()));
        QVERIFY(panel->warning().contains(QStringLiteral("the rule: no caption in more than 20 %")));
        // The newest step is chosen; its most shared caption leads to the videos that hold it.
        QCOMPARE(cell(panel->shared(), 0, 0), QStringLiteral("22"));
        const QRect place = panel->shared()->visualRect(panel->shared()->model()->index(0, 2));
        QTest::mouseClick(panel->shared()->viewport(), Qt::LeftButton, {}, place.center());
        QTRY_COMPARE(page.videos()->model()->rowCount(), 22);
        QTest::keyClick(&page, Qt::Key_J);
        QVERIFY(page.video() != world.b());
        for (auto* all : page.videos()->findChildren<QToolButton*>()) {
            if (all->accessibleName() == QLatin1String("Show all videos again")) all->click();
        }
        QCOMPARE(page.videos()->model()->rowCount(), 45);
        // An earlier step is chosen and stays so when another one comes.
        panel->steps()->selectRow(0);
        QTRY_COMPARE(panel->shared()->model()->rowCount(), 0);
        world.keep(2, {{"a man in a boat", world.a()}});
        Q_EMIT window.engine().captionsChanged(window.session().ref(world.run), 2);
        QTRY_COMPARE(panel->steps()->model()->rowCount(), 3);
        QCOMPARE(panel->steps()->currentIndex().row(), 0);
        QVERIFY(panel->warning().isEmpty());  // three lists are not judged
    }

    void classesOfTheCountAreGroundTruth() {
        CaptionWorld world;
        world.fill();
        MainWindow window;
        CaptionsPage& page = openAt(window, world);
        page.show(CaptionsPage::View::diversity);
        auto* tabs = page.tabs()->diversity()->findChild<QTabWidget*>();
        QVERIFY(!tabs->isTabVisible(1));
        QTest::keyClick(&page, Qt::Key_G);
        QVERIFY(tabs->isTabVisible(1));
        tabs->setCurrentIndex(1);
        auto* table = qobject_cast<QTableView*>(tabs->widget(1));
        QTRY_COMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("rowing"));
        QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("3"));
    }

    void aFigureOfTheSelectedVideos() {
        CaptionWorld world;
        world.fill();
        MainWindow window;
        CaptionsPage& page = openAt(window, world);
        auto* list = page.videos()->list();
        list->selectionModel()->select(list->model()->index(2, 0), QItemSelectionModel::Select);
        std::unique_ptr<FigureDialog> dialog(page.makeFigure());
        QVERIFY(dialog != nullptr);
        dialog->show();
        QTRY_VERIFY(dialog->idle());
        const Figure& figure = dialog->figure();
        QCOMPARE(figure.rows.size(), size_t{2});
        QCOMPARE(figure.rows[0].frames.size(), 5);
        QCOMPARE(figure.rows[0].frames[0].size(), QSize(64, 48));
        QCOMPARE(figure.rows[0].lines.size(), 2);
        QCOMPARE(figure.rows[0].lines[1].second, QStringLiteral("a man in a red boat"));
        QCOMPARE(figure.rows[1].name, QStringLiteral("c.mp4"));
        QVERIFY(figure.caption.contains(QStringLiteral("run 1")) &&
                figure.caption.contains(QStringLiteral("steps 0-1")) &&
                figure.caption.contains(QStringLiteral("seed 7")));
        QVERIFY(!figure.truth_shown);
        const QTemporaryDir out;
        const auto file = [&](const char* ending) {
            return out.filePath(QStringLiteral("f.") + QLatin1String(ending));
        };
        for (const char* ending : {"svg", "pdf", "png"}) QVERIFY(dialog->save(file(ending)));
        QVERIFY(bytesOf(file("svg")).contains("a man in a red boat"));
        QVERIFY(bytesOf(file("svg")).contains("seed 7"));
        QVERIFY(!bytesOf(file("svg")).contains("Ground truth"));
        QVERIFY(bytesOf(file("pdf")).startsWith("%PDF"));
        QCOMPARE(QImage(file("png")).width(), 2 * 960);
        dialog->findChild<QCheckBox*>()->click();
        for (auto* line : dialog->findChildren<QLineEdit*>()) {
            if (line->accessibleName() == QLatin1String("Cause of the failure"))
                QTest::keyClicks(line, QStringLiteral("no boat"));
        }
        QVERIFY(dialog->save(file("svg")));
        QVERIFY(bytesOf(file("svg")).contains("Ground truth action (not used)"));
        QVERIFY(bytesOf(file("svg")).contains("no boat"));
        QVERIFY(!dialog->save(out.filePath(QStringLiteral("nowhere/f.svg"))));
        const FigureRequest request{
            world.folder(), *world.project().run(world.run), {}, {world.a()}, FigureKind::evolution};
        SilentTask task;
        QCOMPARE(figureFileName(request, readFigure(request, task)),
                 QStringLiteral("rest-figure_run-1_steps-0-1_seed-7"));
        dialog.release()->close();  // deletes itself
    }

    void figuresOfWhatIsNotThere() {
        CaptionWorld world;
        SilentTask task;
        FigureRequest request{
            world.folder(), *world.project().run(world.run), {}, {world.broken(), 999}, FigureKind::prediction};
        const Figure figure = readFigure(request, task);
        QCOMPARE(figure.rows.size(), size_t{1});
        QVERIFY(figure.rows[0].frames.isEmpty() && figure.rows[0].problem.contains(QStringLiteral("broken.mp4")));
        QVERIFY(figure.caption.contains(QStringLiteral("no captions")));
        QVERIFY(figurePicture(figure).size.height() > 50);
        world.project().put_predictions(world.run, 5,
                                        std::vector<PredictionRecord>{{world.val(), "a surfer", -1, 1, 1}});
        request.videos = {world.val()};
        request.classes = {QStringLiteral("rowing"), QStringLiteral("surfing")};
        const Figure said = readFigure(request, task);
        QCOMPARE(said.rows[0].lines.size(), 2);
        QCOMPARE(said.rows[0].lines[1].second, QStringLiteral("surfing"));
        QCOMPARE(figureFileName(request, said), QStringLiteral("rest-figure_run-1_epoch-5_seed-7"));
        task.control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, readFigure(request, task));
    }
};

REST_TEST(TestUiCaptionsParts)
#include "test_ui_captions_parts.moc"
