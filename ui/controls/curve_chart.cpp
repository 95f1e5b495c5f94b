// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/curve_chart.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QPen>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/controls/basics.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {

/// 1, 2, 5 (or 25) times a power of ten, so that at most `count` steps fill the span.
double roundStep(double span, int count) {
    const double rough = span / count;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        const bool whole = factor != 2.5 || power >= 10;
        if (whole && factor * power >= rough) return factor * power;
    }
    return 10 * power;
}

/// Sets range and step of an axis. While the range changes, the wider of the two steps applies: Qt Charts lays the axis
/// out after every call, and a span of thousands in steps of 1e-5 would block the window for minutes.
void setScale(QValueAxis* axis, double low, double high, double step) {
    axis->setTickInterval(std::max(axis->tickInterval(), step));
    axis->setRange(low, high);
    axis->setTickInterval(step);
}

QString labelFormat(double step) {
    if (step < 0.001) return QStringLiteral("%.1e");
    if (step < 0.1) return QStringLiteral("%.2f");
    return step < 1 ? QStringLiteral("%.1f") : QStringLiteral("%.0f");
}

}  // namespace

CurveChart::CurveChart(const Form& form, const QList<Line>& lines, QWidget* parent)
    : QFrame(parent),
      form_(form),
      lines_(lines),
      chart_(new QChart),
      view_(new QChartView(chart_)),
      x_(new QValueAxis),
      y_(new QValueAxis),
      latest_(mutedLabel()),
      legend_(new QLabel) {
    setProperty("card", true);
    setToolTip(form.help);
    chart_->legend()->hide();
    chart_->setMargins(QMargins(0, 0, 0, 0));
    chart_->setBackgroundRoundness(0);
    chart_->setBackgroundVisible(false);
    chart_->layout()->setContentsMargins(0, 0, 0, 0);
    chart_->addAxis(x_, Qt::AlignBottom);
    chart_->addAxis(y_, Qt::AlignLeft);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        auto* series = new QLineSeries;
        series->setPointsVisible(form.points);
        chart_->addSeries(series);
        series->attachAxis(x_);
        series->attachAxis(y_);
        series_.push_back(series);
    }
    x_->setLabelFormat(QStringLiteral("%d"));
    x_->setTitleText(form.horizontal);
    for (QValueAxis* axis : {x_, y_}) {
        axis->setTickType(QValueAxis::TicksDynamic);
        axis->setTickAnchor(0);
        axis->setLineVisible(axis == x_);
    }
    x_->setGridLineVisible(false);
    view_->setRenderHint(QPainter::Antialiasing);
    view_->setFrameShape(QFrame::NoFrame);
    view_->setFocusPolicy(Qt::NoFocus);
    view_->setStyleSheet(QStringLiteral("background: transparent; border: none;"));
    view_->setMinimumSize(220, 130);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 6);
    layout->setSpacing(2);
    layout->addWidget(makeTitle());
    layout->addWidget(view_, 1);
    paintTheme();
    finish({});
}

QWidget* CurveChart::makeTitle() {
    auto* row = new QWidget;
    row->setObjectName(QStringLiteral("clear"));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(sectionTitle(form_.title));
    layout->addWidget(legend_);
    layout->addStretch();
    layout->addWidget(latest_);
    return row;
}

void CurveChart::setPoints(int line, const QList<QPointF>& points) {
    series_[line]->replace(points);
}

void CurveChart::finish(const QString& latest) {
    latest_->setText(latest);
    double left = std::numeric_limits<double>::max(), right = 0, low = left,
           high = std::numeric_limits<double>::lowest();
    for (const QLineSeries* series : std::as_const(series_)) {
        for (const QPointF& point : series->points()) {
            left = std::min(left, point.x());
            right = std::max(right, point.x());
            low = std::min(low, point.y());
            high = std::max(high, point.y());
        }
    }
    const bool none = high < low;
    if (none) left = 0, right = 10, low = 0, high = 1;
    if (form_.from_zero) low = std::min(0.0, low);
    if (form_.top > 0) high = form_.top;
    if (high - low < 1e-12) high = low + std::max(1e-9, std::abs(low) * 0.1);
    if (right - left < 1) right = left + 1;
    const double room = (high - low) * 0.06;
    const double step_y = roundStep(high - low, 4);
    setScale(y_, form_.from_zero ? low : low - room, high + room, step_y);
    // Markers at the ends must not be clipped.
    const double side = form_.points ? (right - left) * 0.02 : 0;
    setScale(x_, left - side, right + side, std::max(1.0, roundStep(right - left, 5)));
    y_->setLabelFormat(labelFormat(step_y));
    for (QValueAxis* axis : {x_, y_}) {
        axis->setLabelsVisible(!none);
        axis->setTitleVisible(!none);
    }
}

void CurveChart::paintTheme() {
    const Colours c = colours();
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    for (QValueAxis* axis : {x_, y_}) {
        axis->setLabelsColor(c.muted);
        axis->setLabelsFont(small);
        axis->setTitleFont(small);
        axis->setTitleBrush(c.muted);
        axis->setGridLineColor(c.border);
        axis->setLinePenColor(c.border);
    }
    QStringList names;
    for (qsizetype i = 0; i < series_.size(); ++i) {
        QColor colour = lines_[i].faint ? c.curves[0] : c.curves[static_cast<size_t>(lines_[i].name.isEmpty() ? 0 : i)];
        if (!lines_[i].name.isEmpty() && lines_.size() > 1) {
            names << QStringLiteral("<span style='color:%1'>●</span> %2")
                         .arg(colour.name(), lines_[i].name.toHtmlEscaped());
        }
        if (lines_[i].faint) colour.setAlphaF(0.28F);
        QPen pen(colour, lines_[i].faint ? 1.0 : 1.8);
        pen.setJoinStyle(Qt::RoundJoin);
        series_[i]->setPen(pen);
        series_[i]->setMarkerSize(5);
    }
    legend_->setText(names.join(QStringLiteral("&nbsp;&nbsp; ")));
    legend_->setVisible(!names.isEmpty());
}

void CurveChart::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if ((event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange) || painting_) return;
    painting_ = true;
    paintTheme();
    painting_ = false;
}

}  // namespace rest::ui
