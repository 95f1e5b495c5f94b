// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/curve.h"

#include <algorithm>

namespace rest::ui {

void Curve::add(double position, double value) {
    while (!points_.empty() && points_.back().x() >= position) points_.pop_back();
    points_.emplace_back(position, value);
}

void Curve::mergeStored(const std::vector<QPointF>& stored) {
    if (stored.empty()) return;
    std::vector<QPointF> merged = stored;
    for (const QPointF& point : points_) {
        if (point.x() > stored.back().x()) merged.push_back(point);
    }
    points_ = std::move(merged);
}

std::vector<QPointF> smoothed(const std::vector<QPointF>& points, double weight) {
    std::vector<QPointF> out;
    out.reserve(points.size());
    double sum = 0;
    double share = 0;
    for (const QPointF& point : points) {
        sum = weight * sum + (1 - weight) * point.y();
        share = weight * share + (1 - weight);
        out.emplace_back(point.x(), sum / share);
    }
    return out;
}

QList<QPointF> downsampled(const std::vector<QPointF>& points, int limit) {
    const auto count = static_cast<qint64>(points.size());
    if (count <= limit) return QList<QPointF>(points.begin(), points.end());
    QList<QPointF> out;
    out.reserve(limit);
    const qint64 buckets = (limit - 2) / 2;
    out.push_back(points.front());
    const auto lower = [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); };
    for (qint64 b = 0; b < buckets; ++b) {
        const auto first = points.begin() + (1 + b * (count - 2) / buckets);
        const auto last = points.begin() + (1 + (b + 1) * (count - 2) / buckets);
        const auto [low, high] = std::minmax_element(first, last, lower);
        out.push_back(*std::min(low, high));
        if (low != high) out.push_back(*std::max(low, high));
    }
    out.push_back(points.back());
    return out;
}

}  // namespace rest::ui
