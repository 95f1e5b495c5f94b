// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/curve_board.h"

#include <QGridLayout>
#include <QLocale>

#include "ui/controls/basics.h"
#include "ui/controls/curve_chart.h"
#include "ui/session/project_session.h"

namespace rest::ui {

namespace {
constexpr int drawn_points = 1000;
constexpr double smoothing = 0.9;
const char* const names[] = {"loss", "learning_rate", "clips_per_second", "clip_tam_top1", "clip_tam_top5"};

QString number(double value, int digits) {
    return QLocale().toString(value, 'g', digits);
}
}  // namespace

CurveBoard::CurveBoard(ProjectSession& session, QWidget* parent) : QWidget(parent), session_(session) {
    CurveChart::Form loss{tr("Loss"),
                          tr("batch"),
                          tr("Cross-entropy of the next token with label smoothing; the strong line is smoothed"),
                          false,
                          0,
                          false};
    CurveChart::Form tam{tr("CLIP-TAM"),
                         tr("epoch"),
                         tr("Share of labelled val videos whose caption is nearest to their class name, in percent"),
                         true,
                         100,
                         true};
    CurveChart::Form rate{tr("Learning rate"), tr("batch"), tr("Cosine schedule over all epochs"), true, 0, false};
    CurveChart::Form speed{tr("Throughput"), tr("batch"), tr("Clips trained on per second"), true, 0, false};
    loss_ = new CurveChart(loss, {{QString(), true}, {QString(), false}});
    tam_ = new CurveChart(tam, {{tr("top-1"), false}, {tr("top-5"), false}});
    rate_ = new CurveChart(rate, {{QString(), false}});
    speed_ = new CurveChart(speed, {{QString(), true}, {QString(), false}});
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(tam_, 0, 0);
    layout->addWidget(loss_, 0, 1);
    layout->addWidget(speed_, 1, 0);
    layout->addWidget(rate_, 1, 1);
    draw_.setSingleShot(true);
    draw_.setInterval(200);
    connect(&draw_, &QTimer::timeout, this, &CurveBoard::drawNow);
}

void CurveBoard::showRun(const store::RunRef& run) {
    shown_ = run;
    drawNow();
    load();
}

void CurveBoard::load() {
    if (!session_.holds(shown_) || !shown_) return;
    using Stored = std::map<std::string, std::vector<QPointF>>;
    session_.read(
        this,
        [run = shown_.id](const store::Project& project) {
            Stored stored;
            for (const char* name : names) {
                for (const store::MetricPoint& point : project.metrics(run, name)) {
                    stored[name].emplace_back(static_cast<double>(point.position), point.value);
                }
            }
            return stored;
        },
        [this, run = shown_](const Stored& stored) {
            for (const auto& [name, points] : stored) runs_[run][name].mergeStored(points);
            if (run == shown_) drawNow();
        });
}

void CurveBoard::add(const store::RunRef& run, const std::vector<store::MetricPoint>& points) {
    Curves& curves = runs_[run];
    for (const store::MetricPoint& point : points)
        curves[point.name].add(static_cast<double>(point.position), point.value);
    if (run == shown_ && !draw_.isActive()) draw_.start();
}

void CurveBoard::keepOnly(const std::function<bool(const store::RunRef&)>& wanted) {
    std::erase_if(runs_, [&](const auto& entry) { return !wanted(entry.first); });
}

void CurveBoard::drawTam(const Curves& curves) {
    const auto of = [&](const char* name) {
        const auto found = curves.find(name);
        return found == curves.end() ? std::vector<QPointF>() : found->second.points();
    };
    const auto top1 = of("clip_tam_top1");
    const auto top5 = of("clip_tam_top5");
    tam_->setPoints(0, downsampled(top1, drawn_points));
    tam_->setPoints(1, downsampled(top5, drawn_points));
    tam_->finish(top1.empty() ? tr("after the first step")
                              : tr("%1 % top-1").arg(QLocale().toString(top1.back().y(), 'f', 1)));
}

void CurveBoard::drawNow() {
    const Curves& curves = runs_[shown_];
    const auto draw = [&](CurveChart* chart, const char* name, bool smooth, const char* unit) {
        const auto found = curves.find(name);
        const std::vector<QPointF> points = found == curves.end() ? std::vector<QPointF>() : found->second.points();
        chart->setPoints(0, downsampled(points, drawn_points));
        if (smooth) chart->setPoints(1, downsampled(smoothed(points, smoothing), drawn_points));
        const auto shown = smooth ? smoothed(points, smoothing) : points;
        chart->finish(shown.empty() ? tr("no values yet")
                                    : QString(number(shown.back().y(), 3) + QLatin1String(unit)).trimmed());
    };
    drawTam(curves);
    draw(loss_, "loss", true, "");
    draw(rate_, "learning_rate", false, "");
    draw(speed_, "clips_per_second", true, " clips/s");
}

}  // namespace rest::ui
