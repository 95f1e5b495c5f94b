// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <vector>

namespace rest::ui {

/// One curve of a run, with ascending positions. A point at or before the last position truncates the curve to it
/// first, because the run was resumed from an earlier checkpoint.
class Curve {
  public:
    void clear() { points_.clear(); }
    void add(double position, double value);
    /// Replaces all points up to the last of `stored`; later ones stay, as they are not stored yet.
    void mergeStored(const std::vector<QPointF>& stored);
    const std::vector<QPointF>& points() const { return points_; }
    bool empty() const { return points_.empty(); }

  private:
    std::vector<QPointF> points_;
};

/// Exponential moving average; `weight` in [0, 1) of the past, with TensorBoard's bias correction.
std::vector<QPointF> smoothed(const std::vector<QPointF>& points, double weight);

/// At most `limit` points: the lowest and highest of each bucket, in order, so that no peak is lost. limit >= 4.
QList<QPointF> downsampled(const std::vector<QPointF>& points, int limit);

}  // namespace rest::ui
