// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <vector>

namespace rest::ui {

/// One curve of a run: positions ascend. A point at or before the last position cuts the curve back to there first, as
/// a run does that resumes from an earlier checkpoint.
class Curve {
  public:
    void clear() { points_.clear(); }
    void add(double position, double value);
    /// Puts `stored` in place of all points up to its last; later ones stay: they are not stored yet.
    void mergeStored(const std::vector<QPointF>& stored);
    const std::vector<QPointF>& points() const { return points_; }
    bool empty() const { return points_.empty(); }

  private:
    std::vector<QPointF> points_;
};

/// Exponential moving average; weight in [0, 1) of the past, corrected at the beginning as TensorBoard does.
std::vector<QPointF> smoothed(const std::vector<QPointF>& points, double weight);

/// At most `limit` points: of each bucket its lowest and highest, in order, so that no peak gets lost. limit >= 4.
QList<QPointF> downsampled(const std::vector<QPointF>& points, int limit);

}  // namespace rest::ui
