// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QPdfWriter>
#include <QTextCursor>
#include <QTextDocument>
#include <algorithm>
#include <cmath>
#include <memory>

#include "ui/look/format.h"
#include "ui/study/drawn_object.h"
#include "ui/study/study_export.h"

namespace rest::ui {

namespace {

QString pdfWords(const char* source) {
    return QCoreApplication::translate("StudyPdf", source);
}

QString cells(const QStringList& texts, const QString& tag = QStringLiteral("td")) {
    QString row;
    for (const QString& cell : texts) row += QStringLiteral("<%1 align='left'>%2</%1>").arg(tag, cell.toHtmlEscaped());
    return QStringLiteral("<tr>%1</tr>").arg(row);
}

QString figuresTable(const StudyFindings& f) {
    const study::StudyReport& r = f.report;
    const auto paper = [](const QString& printed) {
        return printed.isEmpty() ? QString() : printed + QStringLiteral(" %");
    };
    QString table = QStringLiteral("<table cellpadding='4' width='100%'>");
    table += cells(
        {pdfWords("Figure"), pdfWords("Value"), pdfWords("%1 % interval").arg(100 * r.coverage), pdfWords("The paper")},
        QStringLiteral("th"));
    table += cells({pdfWords("Right by people"), shareText(r.people), shareInterval(r.people), paper(f.paper.people)});
    table += cells(
        {pdfWords("Right by CLIP-TAM"), shareText(r.clip_tam), shareInterval(r.clip_tam), paper(f.paper.clip_tam)});
    table += cells(
        {pdfWords("The two agree"), shareText(r.agreement), shareInterval(r.agreement), paper(f.paper.agreement)});
    const std::pair<const char*, const study::Coefficient*> coefficients[] = {{"Raw agreement", &r.raw},
                                                                              {"Fleiss' kappa", &r.kappa},
                                                                              {"Krippendorff's alpha", &r.alpha},
                                                                              {"Gwet's AC1", &r.ac1}};
    for (const auto& [name, figure] : coefficients)
        table += cells({pdfWords(name), coefficientText(*figure), coefficientInterval(*figure), {}});
    return table + QStringLiteral("</table>");
}

QString quadrantTable(const study::StudyReport& r) {
    const auto count = [&](bool yes, bool right) { return countText(std::ssize(r.quadrants[yes][right])); };
    return QStringLiteral("<table cellpadding='4'>") +
           cells({{}, pdfWords("CLIP-TAM right"), pdfWords("CLIP-TAM wrong")}, QStringLiteral("th")) +
           cells({pdfWords("People say yes"), count(true, true), count(true, false)}) +
           cells({pdfWords("People say no"), count(false, true), count(false, false)}) + QStringLiteral("</table>");
}

QString annotatorTable(const study::StudyReport& r) {
    QString table = QStringLiteral("<table cellpadding='4' width='100%'>");
    table += cells({pdfWords("Annotator"), pdfWords("Answers"), pdfWords("Yes"), pdfWords("Skipped"),
                    pdfWords("Per clip"), pdfWords("Controls right")},
                   QStringLiteral("th"));
    for (const study::AnnotatorResult& a : r.annotators) {
        table +=
            cells({text(a.name), countText(a.answered), countText(a.yes), countText(a.skipped),
                   durationText(a.median_seconds),
                   a.controls == 0 ? QStringLiteral("–") : pdfWords("%1 of %2").arg(a.controls_right).arg(a.controls)});
    }
    return table + QStringLiteral("</table>");
}

constexpr QSize chart_size(1500, 560);
constexpr double chart_inches = 5.2;

/// Percent by the number of people per clip, drawn for paper: black on white whatever the theme.
void paintStability(QPainter& painter, const std::vector<study::StabilityPoint>& curve) {
    constexpr int width = chart_size.width(), height = chart_size.height(), left = 110, right = 30, top = 30,
                  bottom = 80;
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = painter.font();
    font.setPixelSize(28);
    painter.setFont(font);
    double low = 100;
    for (const study::StabilityPoint& p : curve) low = std::min(low, p.percent);
    low = std::floor(std::min(low, 90.0) / 10) * 10;
    const auto x = [&](double m) {
        return left + (width - left - right) * (m - 1) / std::max<double>(1, curve.back().annotators - 1);
    };
    const auto y = [&](double p) { return top + (height - top - bottom) * (100 - p) / (100 - low); };
    for (double p = low; p <= 100; p += 10) {
        painter.setPen(QPen(QColor(215, 215, 215), 2));
        painter.drawLine(QPointF(left, y(p)), QPointF(width - right, y(p)));
        painter.setPen(Qt::black);
        painter.drawText(QRectF(0, y(p) - 20, left - 14, 40), Qt::AlignRight | Qt::AlignVCenter, QString::number(p));
    }
    QPainterPath path;
    const size_t label_each = 1 + curve.size() / 12;
    for (size_t i = 0; i < curve.size(); ++i) {
        const QPointF at(x(curve[i].annotators), y(curve[i].percent));
        i == 0 ? path.moveTo(at) : path.lineTo(at);
        if (i % label_each == 0)
            painter.drawText(QRectF(at.x() - 40, height - bottom + 6, 80, 36), Qt::AlignCenter,
                             QString::number(curve[i].annotators));
        painter.setBrush(QColor("#2563d9"));
        painter.drawEllipse(at, 8, 8);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor("#2563d9"), 4));
    painter.drawPath(path);
    painter.setPen(Qt::black);
    painter.drawText(QRectF(left, height - 40, width - left - right, 38), Qt::AlignCenter, pdfWords("people per clip"));
}

QString introduction(const study::StudyReport& r) {
    return QStringLiteral("<p>%1<br>%2<br>%3</p>")
        .arg(pdfWords("%1 of %2 clips rated, %3 with all %4 answers; %5 answers, %6 skips; captions of %7.")
                 .arg(countText(r.rated_clips), countText(r.clips), countText(r.full_clips))
                 .arg(r.info.settings.answers_per_clip)
                 .arg(countText(r.answers), countText(r.skips), text(r.info.source.model).toHtmlEscaped()),
             text(std::string(study::kStudyQuestion)).toHtmlEscaped(), text(study::explain(r.ties)).toHtmlEscaped());
}

}  // namespace

QByteArray studyReportPdf(const StudyFindings& findings) {
    const study::StudyReport& r = findings.report;
    QTextDocument document;
    QFont font = document.defaultFont();
    font.setPointSizeF(9.5);
    document.setDefaultFont(font);
    QString page =
        QStringLiteral("<h2>%1</h2>").arg(pdfWords("Human study “%1”").arg(text(r.info.name)).toHtmlEscaped()) +
        introduction(r) + figuresTable(findings);
    page += QStringLiteral("<h4>%1</h4>").arg(pdfWords("People by CLIP-TAM")) + quadrantTable(r);
    QTextCursor cursor(&document);
    std::unique_ptr<DrawnObject> chart;
    if (!r.stability.empty()) {
        chart = std::make_unique<DrawnObject>(chart_size, chart_inches,
                                              [&r](QPainter& painter) { paintStability(painter, r.stability); });
        page += QStringLiteral("<h4>%1</h4><p></p>")
                    .arg(pdfWords("Clips, in percent, on which so many people give the verdict of all"));
        cursor.insertHtml(page);
        chart->insert(cursor);
        page.clear();
    }
    page += QStringLiteral("<h4>%1</h4>").arg(pdfWords("Annotators")) + annotatorTable(r);
    cursor.insertHtml(page);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(18, 16, 18, 16), QPageLayout::Millimeter);
    writer.setTitle(text(r.info.name));
    document.print(&writer);
    buffer.close();
    return bytes;
}

}  // namespace rest::ui
