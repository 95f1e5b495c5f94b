// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/engine/inference/run_clips.h"
#include "core/engine/measure/report_tables.h"
#include "core/engine/measure/stored_report.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;

class TestStoredReport : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    std::filesystem::path folder_;
    store::RunId run_ = 0, blip_ = 0;

    static store::VideoRecord video(const std::string& name, dataset::Split split, int label) {
        store::VideoRecord out;
        out.name = name;
        out.path = "/videos/" + name;
        out.split = split;
        out.label = label;
        return out;
    }

  private Q_SLOTS:
    /// Classes 0 and 1 have train clips, 2 is novel. Of six val clips one cannot be read and one has no label.
    void initTestCase() {
        folder_ = dir_.path().toStdString() + "/it's mine.rest";
        store::Project project = store::Project::create(folder_);
        project.set_classes(std::vector<std::string>{"rowing", "juggling balls", "surfing"});
        std::vector<store::VideoRecord> videos = {video("train/a", dataset::Split::train, 0),
                                                  video("train/b", dataset::Split::train, 1)};
        for (const auto& [name, label] : {std::pair{"a", 0}, {"b", 0}, {"c", 1}, {"d", 2}, {"e", 2}, {"f", -1}}) {
            videos.push_back(video(std::string("val/") + name, dataset::Split::val, label));
        }
        videos[6].problem = "cut short";  // val/e
        project.put_videos(videos);
        const auto id = [&](const char* name) { return project.video(std::string("val/") + name)->id; };
        auto settings = preset("demo");
        settings.optimisation.seed = 7;
        run_ = project.add_run("REST", to_json(settings));
        project.put_predictions(run_, 5,
                                std::vector<store::PredictionRecord>{{id("a"), "a person is rowing", -1, 0, 0},
                                                                     {id("b"), "A person is  rowing", -1, 0, 0},
                                                                     {id("c"), "someone is outside", -1, 2, 1},
                                                                     {id("d"), "someone is outside", -1, 0, 2},
                                                                     {id("f"), "nobody", -1, 1, -1}});
        project.put_predictions(run_, 0, std::vector<store::PredictionRecord>{{id("a"), "water", -1, 2, 1}});
        project.add_metrics(run_, std::vector<store::MetricPoint>{{"clip_tam_top1", 5, 50.0, 1}});
        settings.measurement.class_templates = {"a video of {}", "{}"};
        blip_ = project.add_run("BLIP, first captions", to_json(settings), store::RunKind::blip);
        project.put_predictions(blip_, 0, std::vector<store::PredictionRecord>{{id("a"), "water", -1, 2, 1}});
    }

    void labelsThatNoClassHasAreNone() {
        QTemporaryDir place;
        store::Project project = store::Project::create(place.path().toStdString() + "/damaged.rest");
        project.set_classes(std::vector<std::string>{"rowing"});
        project.put_videos(std::vector<store::VideoRecord>{
            video("train/a", dataset::Split::train, 2'000'000'000), video("val/a", dataset::Split::val, 0),
            video("val/b", dataset::Split::val, 1), video("val/c", dataset::Split::val, 2'000'000'000),
            video("val/d", dataset::Split::val, -2'000'000'000)});
        const auto on = evaluation_clips(project);
        QCOMPARE(on.videos.size(), size_t{1});
        QCOMPARE(on.videos.front().name, std::string("val/a"));
        QCOMPARE(on.trained, std::vector<bool>{false});
    }

    void whatIsThereNewestFirst() {
        const auto found = stored_evaluations(store::Project::open(folder_, store::OpenMode::read_only));
        QCOMPARE(found.size(), size_t{3});
        QCOMPARE(found[0].run, blip_);
        QCOMPARE(found[1].run, run_);
        QCOMPARE(found[1].epoch, 5);
        QCOMPARE(found[1].step, 1);
        QCOMPARE(found[1].top1, std::optional(50.0));
        QCOMPARE(found[2].epoch, 0);
        QVERIFY(!found[2].top1);
    }

    void numbersByHand() {
        const auto result = stored_report(store::Project::open(folder_, store::OpenMode::read_only), run_, 5);
        QCOMPARE(result.predictions.size(), size_t{4});
        QCOMPARE(result.labels, (std::vector<int>{0, 0, 1, 2}));
        QCOMPARE(result.labelled_clips, int64_t{5});
        QCOMPARE(result.report.top1, 50.0);
        QCOMPARE(result.report.top5, 100.0);
        QCOMPARE(result.report.mean_class_top1, 100.0 / 3);
        QCOMPARE(result.report.confused.size(), size_t{2});
        QCOMPARE(result.seen.clips, int64_t{3});
        QCOMPARE(result.seen.top1, 200.0 / 3);
        QCOMPARE(result.novel.clips, int64_t{1});
        QCOMPARE(result.novel.top1, 0.0);
        QCOMPARE(result.captions.distinct, int64_t{2});
        QCOMPARE(result.seed, uint64_t{7});
        QCOMPARE(result.step, 1);
    }

    void whatIsNotThereIsNamed() {
        const auto project = store::Project::open(folder_, store::OpenMode::read_only);
        QVERIFY_EXCEPTION_THROWN(stored_report(project, run_, 4), Error);
        QVERIFY_EXCEPTION_THROWN(stored_report(project, 99, 0), Error);
    }

    void commandsForAShell() {
        const auto project = store::Project::open(folder_, store::OpenMode::read_only);
        const auto place = std::string("/p/it's mine.rest");
        QCOMPARE(evaluate_command(place, stored_report(project, run_, 5)),
                 std::string("rest evaluate '/p/it'\\''s mine.rest' --run 1 --epoch 5"));
        QCOMPARE(evaluate_command("/p", stored_report(project, blip_, 0)),
                 std::string("rest evaluate /p --baseline blip --template 'a video of {}' --template '{}'"));
    }

    void tablesHaveThePapersRows() {
        const auto project = store::Project::open(folder_, store::OpenMode::read_only);
        const auto trained = stored_report(project, run_, 5), blip = stored_report(project, blip_, 0);
        const auto table = summary_table(std::vector<const EvaluateResult*>{&trained, &blip},
                                         evaluation::load_paper_tables(), folder_);
        QCOMPARE(table.rows.size(), size_t{4});
        QCOMPARE(table.rows[0].cells[0].text, std::string("REST, epoch 5"));
        QCOMPARE(table.rows[0].source, std::string("run 1, epoch 5, step 1, seed 7"));
        QCOMPARE(table.rows[0].cells[6].text, std::string("4 of 5"));
        QVERIFY(table.rows[2].greyed && table.rows[3].greyed);
        QVERIFY(table.rows[2].cells[0].text.starts_with("BLIP"));
        QCOMPARE(*table.rows[2].cells[1].value, 23.5);
        QCOMPARE(*table.rows[3].cells[1].value, 63.9);
        const auto classes = class_table(trained, folder_);
        QCOMPARE(classes.rows.size(), size_t{3});
        QCOMPARE(classes.rows[1].cells[4].text, std::string("surfing"));
    }
};

REST_TEST(TestStoredReport)
#include "test_stored_report.moc"
