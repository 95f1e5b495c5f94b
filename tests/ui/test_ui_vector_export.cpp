// SPDX-License-Identifier: GPL-3.0-or-later
// Charts are exported as vector graphics: a bitmap inside an SVG or PDF would show its pixels in print.
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "ui/reports/evaluation_model.h"
#include "ui/reports/export_button.h"
#include "ui/reports/reports_page.h"
#include "ui/study/study_export.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiVectorExport : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;

    static QByteArray content(const QString& file) {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

    static int count(const QByteArray& svg, QLatin1String element) {
        QXmlStreamReader reader(svg);
        int found = 0;
        while (!reader.atEnd())
            found += reader.readNext() == QXmlStreamReader::StartElement && reader.name() == element;
        return reader.hasError() ? -1 : found;
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void chartsHoldNoBitmap() {
        const MadeProject made(folder_.filePath(QStringLiteral("p.rest")));
        made.measure(made.addRun("REST"), 5, {{"x", 1, 0}, {"x", 2, 1}, {"x", 1, 2}, {"x", 2, 0}});
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::reports);
        ReportsPage& page = window.reportsPage();
        QTRY_VERIFY(page.evaluations()->rowCount() == 1 && page.idle());
        for (const auto view : {ReportsPage::View::classes, ReportsPage::View::confusion}) {
            page.show(view);
            const QString file = folder_.filePath(QStringLiteral("chart%1").arg(static_cast<int>(view)));
            QVERIFY(page.exporter()->save(file + QStringLiteral(".svg")));
            const QByteArray svg = content(file + QStringLiteral(".svg"));
            QCOMPARE(count(svg, QLatin1String("image")), 0);
            QVERIFY(svg.contains("rowing boat"));
            QVERIFY(page.exporter()->save(file + QStringLiteral(".pdf")));
            const QByteArray pdf = content(file + QStringLiteral(".pdf"));
            QVERIFY(pdf.startsWith("%PDF-"));
            QVERIFY(!pdf.contains("/Subtype /Image") && !pdf.contains("/Subtype/Image"));
        }
        // The background, the map's own background, and a filled shape for each of the three pairs that have clips.
        const QByteArray map = content(folder_.filePath(QStringLiteral("chart2.svg")));
        QVERIFY(count(map, QLatin1String("rect")) + count(map, QLatin1String("path")) >= 5);
    }

    void theStudysPdfHoldsNoBitmap() {
        StudyFindings findings;
        findings.report.info.name = "s";
        for (int people = 1; people <= 5; ++people)
            findings.report.stability.push_back({.annotators = people, .percent = 90.0 + people});
        const QByteArray pdf = studyReportPdf(findings);
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(!pdf.contains("/Subtype /Image") && !pdf.contains("/Subtype/Image"));
        findings.report.stability.clear();
        QVERIFY(pdf.size() > studyReportPdf(findings).size() + 1000);  // the chart is in it
    }
};

REST_TEST(TestUiVectorExport)
#include "test_ui_vector_export.moc"
