// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest/QtTest>
#include <limits>

#include "core/base/atomic_file.h"
#include "core/interchange/export_run.h"
#include "core/interchange/html_text.h"
#include "core/interchange/svg_curve.h"
#include "core/media/video_writer.h"
#include "core/store/project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::interchange;

class TestHtmlReport : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::filesystem::path project_;
    SilentTask task_;

    std::string place(const char* name) const { return dir_.filePath(QString::fromLatin1(name)).toStdString(); }

    static void make_clip(const std::string& file) {
        media::VideoWriter writer(file, {.width = 64, .height = 48});
        image::Image frame(64, 48);
        for (int i = 0; i < 12; ++i) {
            std::ranges::fill(frame.rgb, static_cast<uint8_t>(20 * i));
            writer.add(frame);
        }
        writer.finish();
    }

    QString page(const std::vector<std::string>& videos, const char* name) {
        export_run(
            {.project = project_, .format = "html", .run = {}, .epoch = {}, .videos = videos, .out = place(name)},
            task_);
        return QString::fromStdString(read_file(place(name)));
    }

  private Q_SLOTS:
    void initTestCase() {
        make_clip(place("a.mp4"));
        auto project = store::Project::create(place("made <b>"));
        project_ = project.folder();
        const std::vector<std::string> classes = {"rowing", "<script>alert(1)</script>"};
        project.set_classes(classes);
        store::VideoRecord trained, measured;
        trained.name = "train/a.mp4";
        trained.path = place("a.mp4");
        trained.label = 0;
        measured.name = "val/gone.mp4";
        measured.path = place("gone.mp4");
        measured.split = dataset::Split::val;
        measured.label = 1;
        const std::vector<store::VideoRecord> videos = {trained, measured};
        project.put_videos(videos);
        const auto run = project.add_run("first", R"({"epochs": 3, "neighbours": 2000})");
        const std::vector<store::VideoId> ids = {1};
        for (int step = 0; step < 2; ++step) {
            const std::vector<std::vector<store::CaptionRecord>> lists = {
                {{.step = step, .text = step == 0 ? "a boat & a man" : "a man rows", .source_video = 1}}};
            project.put_step(run, step, ids, lists);
        }
        const std::vector<store::PredictionRecord> predictions = {
            {.video = 2, .caption = "a cat", .score = -0.5, .predicted = 0, .rank = 1}};
        project.put_predictions(run, 3, predictions);
        const std::vector<store::MetricPoint> points = {{.name = "loss", .position = 1, .value = 2.5},
                                                        {.name = "loss", .position = 9, .value = 1.5},
                                                        {.name = "clip_tam_top1", .position = 3, .value = 50}};
        project.add_metrics(run, points);
    }

    void onePageShowsTheRun() {
        const QString html = page({}, "page.html");
        for (const char* part : {"made &lt;b&gt;", "Run 1: first", "50.0 %", "a boat &amp; a man", "step 1",
                                 "a man rows", "✗ Read as <b>rowing</b>; the true class is at rank 2", "neighbours"})
            QVERIFY2(html.contains(QString::fromUtf8(part)), part);
        QCOMPARE(html.count(QStringLiteral("<img ")), 5);         // of a.mp4
        QVERIFY(html.contains(QStringLiteral("gone.mp4</h3>")));  // named although it cannot be read
        QCOMPARE(html.count(QStringLiteral("<svg ")), 2);         // loss and top-1
        QVERIFY(html.contains(QStringLiteral("<tr class=\"changed\"><td>epochs</td><td>3</td><td>60</td>")));
        QVERIFY(html.contains(QStringLiteral("<tr><td>neighbours</td><td>2000</td>")));
    }

    void nothingIsFetchedAndNothingRuns() {
        const QString html = page({}, "offline.html");
        QVERIFY(!html.contains(QStringLiteral("<script"), Qt::CaseInsensitive));
        static const QRegularExpression link(QStringLiteral("(src|href)=\"(?!data:)"));
        QVERIFY(!link.match(html).hasMatch());
    }

    void theGalleryIsWhatWasNamed() {
        const QString html = page({"val/gone.mp4"}, "named.html");
        QVERIFY(!html.contains(QStringLiteral("<h3>train/a.mp4")));
        QVERIFY_EXCEPTION_THROWN(page({"val/none.mp4"}, "none.html"), Error);
        QVERIFY(!QFile::exists(dir_.filePath(QStringLiteral("none.html"))));
    }

    void base64IsRfc4648s() {
        const auto coded = [](std::string_view text) {
            return base64({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
        };
        QCOMPARE(coded(""), std::string());
        QCOMPARE(coded("f"), std::string("Zg=="));
        QCOMPARE(coded("fo"), std::string("Zm8="));
        QCOMPARE(coded("foob"), std::string("Zm9vYg=="));
        QCOMPARE(coded("foobar"), std::string("Zm9vYmFy"));
        QCOMPARE(coded("\xFF\xFE\xFD"), std::string("//79"));
    }

    void curvesLeaveGapsAndKeepPeaks() {
        std::vector<store::MetricPoint> points;
        for (int i = 0; i < 5000; ++i)
            points.push_back({.name = "loss", .position = i, .value = i == 2500 ? 9.0 : 1.0});
        const auto svg = svg_curve({.title = "a < b", .axis = "batch", .points = points});
        QVERIFY(svg.find(">9</text>") != std::string::npos);
        QVERIFY(svg.find(" 26.0") != std::string::npos);  // the peak is drawn at the top
        QVERIFY(svg.size() < 20'000);
        QXmlStreamReader xml(QString::fromStdString(svg));
        while (!xml.atEnd()) xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        points[1000].value = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(QString::fromStdString(svg_curve({.title = "x", .axis = "batch", .points = points})).count('M'),
                 3);  // the line in two parts, the axes
        QCOMPARE(svg_curve({.title = "x", .axis = "batch", .points = {}}), std::string());
        points.assign(3, {.name = "loss", .position = 5, .value = 2});
        QVERIFY(svg_curve({.title = "x", .axis = "batch", .points = points}).find("nan") == std::string::npos);
    }
};

REST_TEST(TestHtmlReport)
#include "test_html_report.moc"
