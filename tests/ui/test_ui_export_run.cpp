// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest/QtTest>

#include "core/store/project.h"
#include "tests/support/test_program.h"
#include "ui/controls/file_field.h"
#include "ui/session/run_model.h"
#include "ui/shell/export_run_dialog.h"

using namespace rest;
using namespace rest::ui;

class TestUiExportRun : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    QString project_;
    RunModel runs_;

    static QPushButton* button_called(const QWidget& in, const QString& text) {
        for (auto* button : in.findChildren<QPushButton*>())
            if (button->text() == text) return button;
        return nullptr;
    }

    static void choose(const ExportRunDialog& dialog, const char* format) {
        for (auto* box : dialog.findChildren<QComboBox*>()) {
            const int row = box->findData(QString::fromLatin1(format));
            if (row >= 0) box->setCurrentIndex(row);
        }
    }

  private Q_SLOTS:
    void initTestCase() {
        auto project = store::Project::create(dir_.filePath(QStringLiteral("made")).toStdString());
        project_ = QString::fromStdString(project.folder().string());
        const auto run = project.add_run("first", "{}");
        const std::vector<store::MetricPoint> points = {{.name = "loss", .position = 1, .value = 2}};
        project.add_metrics(run, points);
        runs_.setRuns(project.identity(), project.runs());
    }

    void writesWhatWasChosen() {
        ExportRunDialog dialog(project_, runs_);
        dialog.show();
        choose(dialog, "tensorboard");
        auto* out = dialog.findChild<FileField*>();
        QVERIFY(out->path().contains(QStringLiteral("made-run-1-tensorboard")));
        out->setPath(dir_.filePath(QStringLiteral("logs")));
        QTest::mouseClick(button_called(dialog, QStringLiteral("Export")), Qt::LeftButton);
        QTRY_VERIFY(!dialog.exporting());
        QVERIFY(QDir(dir_.filePath(QStringLiteral("logs/run_1"))).exists());
    }

    void aPathThatWasTypedStays() {
        ExportRunDialog dialog(project_, runs_);
        choose(dialog, "captions-csv");
        auto* out = dialog.findChild<FileField*>();
        QVERIFY(out->path().endsWith(QStringLiteral(".csv")));
        out->setPath(QStringLiteral("/tmp/mine.txt"));
        choose(dialog, "captions-jsonl");
        QCOMPARE(out->path(), QStringLiteral("/tmp/mine.txt"));
    }

    void aFailureSaysWhyAndKeepsTheForm() {
        ExportRunDialog dialog(project_, runs_);
        dialog.show();
        choose(dialog, "predictions-csv");
        auto* out = dialog.findChild<FileField*>();
        out->setPath(dir_.filePath(QStringLiteral("none.csv")));
        QTest::mouseClick(button_called(dialog, QStringLiteral("Export")), Qt::LeftButton);
        QTRY_VERIFY(!dialog.exporting());
        const auto labels = dialog.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("Evaluate it first"));
        }));
        QVERIFY(!QFile::exists(dir_.filePath(QStringLiteral("none.csv"))));
        QCOMPARE(out->path(), dir_.filePath(QStringLiteral("none.csv")));
    }

    void withoutARunThereIsNothingToExport() {
        RunModel none;
        ExportRunDialog dialog(project_, none);
        QVERIFY(!button_called(dialog, QStringLiteral("Export"))->isEnabled());
    }
};

REST_TEST(TestUiExportRun)
#include "test_ui_export_run.moc"
