// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <vector>

class QChart;
class QChartView;
class QLabel;
class QLineSeries;
class QValueAxis;

namespace rest::ui {

/// One small chart with a title, the newest value in words, and up to two lines.
class CurveChart : public QFrame {
    Q_OBJECT

  public:
    struct Line {
        QString name;  // shown when there is more than one
        bool faint = false;
    };
    struct Form {
        QString title;
        QString horizontal;  // "batch", "epoch"
        QString help;
        bool from_zero = false;
        double top = 0;  // fixed upper end of the vertical axis, 0: from the values
        bool points = false;
    };
    CurveChart(const Form& form, const QList<Line>& lines, QWidget* parent = nullptr);

    /// Points of one line, already downsampled for drawing.
    void setPoints(int line, const QList<QPointF>& points);
    /// Fits the axes and shows `latest` beside the title.
    void finish(const QString& latest);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void paintTheme();
    QWidget* makeTitle();

    Form form_;
    QList<Line> lines_;
    QList<QLineSeries*> series_;
    QChart* chart_;
    QChartView* view_;
    QValueAxis* x_;
    QValueAxis* y_;
    QLabel* latest_;
    QLabel* legend_;
    bool painting_ = false;
};

}  // namespace rest::ui
