// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <functional>
#include <map>

#include "core/store/run_ref.h"
#include "ui/train/curve.h"

namespace rest::ui {

class CurveChart;
class ProjectSession;

/// The curves of one run, live: loss, learning rate, CLIP-TAM and throughput.
///
/// Points that arrive with events are kept, also those of runs of projects that are not open: the store has them only
/// from the end of their epoch on. Charts are redrawn at most five times a second, each from at most
/// 1000 points.
class CurveBoard : public QWidget {
    Q_OBJECT

  public:
    explicit CurveBoard(ProjectSession& session, QWidget* parent = nullptr);
    void showRun(const store::RunRef& run);
    void add(const store::RunRef& run, const std::vector<store::MetricPoint>& points);
    void drawNow();
    /// Drops the points of all other runs: their stores have them.
    void keepOnly(const std::function<bool(const store::RunRef&)>& wanted);

  private:
    using Curves = std::map<std::string, Curve>;
    void drawTam(const Curves& curves);
    void load();

    ProjectSession& session_;
    CurveChart* loss_;
    CurveChart* rate_;
    CurveChart* tam_;
    CurveChart* speed_;
    std::map<store::RunRef, Curves> runs_;
    store::RunRef shown_;
    QTimer draw_;
};

}  // namespace rest::ui
