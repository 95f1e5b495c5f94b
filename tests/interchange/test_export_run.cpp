// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "core/interchange/export_run.h"
#include "core/store/project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::interchange;

namespace {

QByteArray read(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

store::VideoRecord video(const std::string& name, dataset::Split split, int label) {
    store::VideoRecord record;
    record.name = name;
    record.path = "/data/my videos/" + name;
    record.split = split;
    record.label = label;
    record.frames = 250;
    record.duration_seconds = 10.5;
    return record;
}

/// A task that is cancelled after some steps of progress.
class ImpatientTask final : public Task {
  public:
    ImpatientTask() : Task(control) {}
    TaskControl control;

  private:
    void on_progress(const Progress& progress) override {
        if (progress.done > 0) control.cancel();
    }
    void on_log(LogLevel, const std::string&) override {}
};

}  // namespace

class TestExportRun : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::filesystem::path project_;
    SilentTask task_;

    QString out(const char* name) const { return dir_.filePath(QString::fromLatin1(name)); }
    ExportResult write(const char* format, const char* name) {
        return export_run({.project = project_, .format = format, .out = out(name).toStdString()}, task_);
    }

  private Q_SLOTS:
    void initTestCase() {
        auto project = store::Project::create(dir_.filePath("made").toStdString());
        project_ = project.folder();
        const std::vector<std::string> classes = {"=cmd|' /C calc'!A0", "rowing"};
        project.set_classes(classes);
        const std::vector<store::VideoRecord> videos = {video("train/a.mp4", dataset::Split::train, 1),
                                                        video("train/a.avi", dataset::Split::train, -1),
                                                        video("../val/b.mp4", dataset::Split::val, 0)};
        project.put_videos(videos);
        const auto run = project.add_run("first", R"({"epochs": 3, "device": "cpu"})");
        const std::vector<store::GeneratedCaption> made = {
            {.video = 1, .step = 0, .text = "a man rows, fast", .model = "blip", .prompt = "a video of ", .frame = 2}};
        project.add_generated(run, made);
        const std::vector<store::VideoId> ids = {1, 2};
        for (int step = 0; step < 2; ++step) {
            const std::vector<std::vector<store::CaptionRecord>> lists = {
                {{.step = step, .text = "a man rows, fast", .clip_score = 0.31, .source_video = 1},
                 {.step = step, .rank = 1, .text = "-1 & <2> boats", .clip_score = 0.2, .source_video = 1}},
                {{.step = step,
                  .text = "a man rows, fast",
                  .clip_score = 0.25,
                  .origin = store::CaptionOrigin::retrieved,
                  .source_video = 1}}};
            project.put_step(run, step, ids, lists);
        }
        const std::vector<store::PredictionRecord> predictions = {
            {.video = 3, .caption = "a cat", .score = -0.5, .predicted = 1, .rank = 1}};
        project.put_predictions(run, 3, predictions);
        const std::vector<store::MetricPoint> points = {{.name = "loss", .position = 1, .value = 2.5},
                                                        {.name = "loss", .position = 2, .value = 1.5},
                                                        {.name = "clip_tam_top1", .position = 3, .value = 50}};
        project.add_metrics(run, points);
    }

    void captionsOfEveryStepAsCsv() {
        const auto result = write("captions-csv", "captions.csv");
        QCOMPARE(result.items, int64_t{6});
        const auto lines = read(out("captions.csv")).split('\n');
        QCOMPARE(lines.size(), 8);
        QCOMPARE(lines[0], QByteArray("run,step,video,split,class,rank,caption,clip_score,origin,source_video,model,"
                                      "prompt,frame,log_probability"));
        QVERIFY2(lines[1].startsWith("1,0,train/a.mp4,train,rowing,1,\"a man rows, fast\",0.310000,generated,"
                                     "train/a.mp4,blip,"),
                 lines[1]);
        QVERIFY2(lines[2].contains(",'-1 & <2> boats,"), lines[2]);  // no formula
        for (const auto& line : lines.mid(1, 6)) QVERIFY2(line.count(',') >= 13, line);
        QVERIFY(lines[5].startsWith("1,0,train/a.avi,train,,1,"));
        QVERIFY(lines[5].contains(",retrieved,train/a.mp4,"));
    }

    void captionsAsJsonLinesKeepTextsAsTheyAre() {
        QCOMPARE(write("captions-jsonl", "captions.jsonl").items, int64_t{6});
        const auto lines = read(out("captions.jsonl")).split('\n');
        const auto row = QJsonDocument::fromJson(lines[1]).object();
        QCOMPARE(row[QStringLiteral("caption")].toString(), QStringLiteral("-1 & <2> boats"));
        QCOMPARE(row[QStringLiteral("rank")].toInt(), 2);
    }

    void predictionsHaveClassAndRank() {
        QCOMPARE(write("predictions-csv", "predictions.csv").items, int64_t{1});
        const auto lines = read(out("predictions.csv")).split('\n');
        QVERIFY2(lines[1].startsWith("1,3,../val/b.mp4,val,'=cmd|' /C calc'!A0,a cat,-0.500000,rowing,2"), lines[1]);
        QCOMPARE(write("predictions-jsonl", "predictions.jsonl").items, int64_t{1});
        const auto row = QJsonDocument::fromJson(read(out("predictions.jsonl"))).object();
        QCOMPARE(row[QStringLiteral("class")].toString(), QStringLiteral("=cmd|' /C calc'!A0"));
    }

    void subtitlesLieAsTheVideosDo() {
        QCOMPARE(write("webvtt", "vtt").items, int64_t{3});
        QCOMPARE(read(out("vtt/train/a.vtt")),
                 QByteArray("WEBVTT\n\nNOTE REST Studio: made, run 1, step 1\n\n00:00:00.000 --> 00:00:10.500\na man "
                            "rows, fast\n"));
        QVERIFY(QFile::exists(out("vtt/train/a.avi.vtt")));  // a.vtt is another video's
        QVERIFY(read(out("vtt/__/val/b.vtt")).contains("epoch 3"));
        QVERIFY(!QFile::exists(out("val/b.vtt")));
    }

    void curvesGoToTensorBoard() {
        QCOMPARE(write("tensorboard", "logs").items, int64_t{3});
        const auto files = QDir(out("logs/run_1")).entryList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QVERIFY(files[0].contains(QStringLiteral("tfevents")));
        const auto bytes = read(out("logs/run_1/") + files[0]);
        for (const char* tag : {"train/loss", "clip_tam/top1", "settings", "| epochs | 3 |"})
            QVERIFY2(bytes.contains(tag), tag);
    }

    void fiftyOneFindsVideosAndLabels() {
        QCOMPARE(write("fiftyone", "fo").items, int64_t{3});
        const auto labels = QJsonDocument::fromJson(read(out("fo/labels.json"))).object();
        const auto of_b =
            labels[QStringLiteral("labels")].toObject()[QStringLiteral("/data/my videos/../val/b.mp4")].toArray();
        QVERIFY(QDir(out("fo/data")).exists());  // FiftyOne's importer asks for it
        QCOMPARE(of_b.size(), 2);                // class and prediction
        QCOMPARE(of_b[1].toObject()[QStringLiteral("label")].toString(), QStringLiteral("rowing"));
        QCOMPARE(of_b[1].toObject()[QStringLiteral("attributes")].toObject()[QStringLiteral("right")].toBool(), false);
        QCOMPARE(of_b[1].toObject()[QStringLiteral("support")].toArray()[1].toInt(), 250);
    }

    void labelStudioGetsTasksWithPredictions() {
        QCOMPARE(write("label-studio", "ls").items, int64_t{3});
        const auto tasks = QJsonDocument::fromJson(read(out("ls/tasks.json"))).array();
        QCOMPARE(tasks.size(), 3);
        const auto data = tasks[0].toObject()[QStringLiteral("data")].toObject();
        QCOMPARE(data[QStringLiteral("video")].toString(),
                 QStringLiteral("/data/local-files/?d=data/my%20videos/train/a.mp4"));
        QVERIFY(!tasks[0].toObject().contains(QStringLiteral("predictions")));
        const auto prediction = tasks[2].toObject()[QStringLiteral("predictions")].toArray()[0].toObject();
        QCOMPARE(prediction[QStringLiteral("model_version")].toString(), QStringLiteral("run 1 epoch 3"));
        QVERIFY(read(out("ls/config.xml")).contains("toName=\"video\""));
    }

    void nothingIsOverwritten() {
        QFile(out("there.csv")).open(QIODevice::WriteOnly);
        for (const auto& format : formats()) {
            try {
                export_run(
                    {.project = project_, .format = std::string(format.name), .out = out("there.csv").toStdString()},
                    task_);
                QFAIL(format.name.data());
            } catch (const Error& e) {
                QCOMPARE(e.code(), ErrorCode::invalid_argument);
            }
        }
        QCOMPARE(read(out("there.csv")), QByteArray());
    }

    void aCancelledExportLeavesNothing() {
        for (const auto& format : formats()) {
            ImpatientTask task;
            task.control.cancel();
            const auto file = out("cancelled");
            QVERIFY_EXCEPTION_THROWN(
                export_run({.project = project_, .format = std::string(format.name), .out = file.toStdString()}, task),
                Cancelled);
            QVERIFY(QDir(dir_.path())
                        .entryList({QStringLiteral("*cancelled*")}, QDir::AllEntries | QDir::Hidden)
                        .isEmpty());
        }
    }

    void whatIsNotThereIsNamed() {
        const auto refused = [&](ExportRequest request, const char* word) {
            request.project = project_;
            request.out = out("none").toStdString();
            try {
                export_run(request, task_);
            } catch (const Error& e) {
                return e.full_text().find(word) != std::string::npos && !QFile::exists(out("none"));
            }
            return false;
        };
        QVERIFY(refused({.project = {}, .format = "xml", .out = {}}, "captions-csv"));
        QVERIFY(refused({.project = {}, .format = "captions-csv", .run = 9, .out = {}}, "no run 9"));
        QVERIFY(refused({.project = {}, .format = "predictions-csv", .epoch = 7, .out = {}}, "Measured: 3"));
        store::Project::create(dir_.filePath("empty").toStdString()).add_run("none", "{}");
        project_ = dir_.filePath("empty.rest").toStdString();
        for (const auto& format : formats()) {
            if (format.name == "html") continue;  // shows the settings at least
            QVERIFY2(refused({.project = {}, .format = std::string(format.name), .out = {}}, "first"),
                     format.name.data());
        }
    }
};

REST_TEST(TestExportRun)
#include "test_export_run.moc"
