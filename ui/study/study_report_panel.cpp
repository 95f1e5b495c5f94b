// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_report_panel.h"

#include <QGridLayout>
#include <QLocale>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/controls/curve_chart.h"
#include "ui/controls/tables.h"
#include "ui/look/format.h"
#include "ui/study/annotator_model.h"
#include "ui/study/figure_card.h"
#include "ui/study/quadrant_grid.h"

namespace rest::ui {

namespace {
constexpr int fewest_rows_shown = 3;
constexpr int most_rows_shown = 12;
}  // namespace

StudyReportPanel::StudyReportPanel(QWidget* parent)
    : QWidget(parent), quadrants_(new QuadrantGrid), annotators_(new AnnotatorModel(this)) {
    annotator_table_ = makeTable(annotators_, {170, 80, 64, 80, 80, 84, 110});
    annotator_table_->setAccessibleName(tr("Annotators"));
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, gap, 0);
    column->setSpacing(gap);
    column->addWidget(makeFigures());
    column->addWidget(makeMiddle());
    column->addWidget(sectionTitle(tr("Annotators")));
    column->addWidget(annotator_table_);
    column->addStretch();
    auto* scroll = scrolled(inside);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

QWidget* StudyReportPanel::makeFigures() {
    const QString shares = tr("Bootstrap over clips");
    const QString among = tr("Among people, over clips with two answers or more; 1 is perfect, 0 is what chance gives");
    const QList<std::pair<QString, QString>> titles = {
        {tr("Right by people"), tr("Clips whose caption people call right, in percent. %1").arg(shares)},
        {tr("Right by CLIP-TAM"), tr("The same clips, judged by CLIP-TAM. %1").arg(shares)},
        {tr("The two agree"), tr("Clips on which people and CLIP-TAM say the same. %1").arg(shares)},
        {tr("Raw agreement"), tr("Share of agreeing pairs of answers, averaged over clips (0 to 1)")},
        {tr("Fleiss' kappa"), among},
        {tr("Krippendorff's alpha"), among},
        {tr("Gwet's AC1"), among + QChar('\n') + tr("Holds where one answer dominates.")}};
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(gap);
    for (qsizetype i = 0; i < titles.size(); ++i) {
        auto* made = new FigureCard(titles[i].first, titles[i].second);
        figures_.push_back(made);
        // Three cards above four: twelve columns fit both.
        if (i < 3) {
            grid->addWidget(made, 0, static_cast<int>(i) * 4, 1, 4);
        } else {
            grid->addWidget(made, 1, static_cast<int>(i - 3) * 3, 1, 3);
        }
    }
    for (int c = 0; c < 12; ++c) grid->setColumnStretch(c, 1);
    return box;
}

QWidget* StudyReportPanel::makeMiddle() {
    stability_ = new CurveChart({.title = tr("How the verdict settles"),
                                 .horizontal = tr("people per clip"),
                                 .help = tr("Clips, in percent, on which so many people drawn at random give the "
                                            "verdict of all; 8 to 10 suffice (Levinboim et al. 2019)"),
                                 .top = 100,
                                 .points = true},
                                {{}});
    stability_->setMinimumHeight(210);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(quadrants_, 1);
    layout->addWidget(stability_, 1);
    return row;
}

void StudyReportPanel::setFindings(const StudyFindings& findings) {
    const study::StudyReport& r = findings.report;
    figures_[0]->set(shareText(r.people), shareInterval(r.people), paperText(findings.paper.people));
    figures_[1]->set(shareText(r.clip_tam), shareInterval(r.clip_tam), paperText(findings.paper.clip_tam));
    figures_[2]->set(shareText(r.agreement), shareInterval(r.agreement), paperText(findings.paper.agreement));
    const study::Coefficient* coefficients[] = {&r.raw, &r.kappa, &r.alpha, &r.ac1};
    for (qsizetype i = 0; i < 4; ++i)
        figures_[3 + i]->set(coefficientText(*coefficients[i]), coefficientInterval(*coefficients[i]));
    quadrants_->setReport(r);
    QList<QPointF> points;
    for (const study::StabilityPoint& point : r.stability) points.emplace_back(point.annotators, point.percent);
    stability_->setPoints(0, points);
    stability_->finish(points.isEmpty() ? tr("no answers yet")
                                        : tr("%1 % with one").arg(QLocale().toString(points.front().y(), 'f', 1)));
    annotators_->setAnnotators(r.annotators);
    const int rows = std::clamp(static_cast<int>(r.annotators.size()), fewest_rows_shown, most_rows_shown);
    annotator_table_->setFixedHeight((rows + 1) * (annotator_table_->fontMetrics().height() + 15) + 4);
}

}  // namespace rest::ui
