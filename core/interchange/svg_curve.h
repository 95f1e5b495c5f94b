// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/store/records.h"

namespace rest::interchange {

struct SvgCurve {
    std::string title;  // "Loss"
    std::string axis;   // what positions count: "batch", "epoch"
    std::vector<store::MetricPoint> points;
    bool dots = false;  // a mark on every point
};

/// The curve as an inline <svg> in the page's text colour, with the first and last position and the smallest and
/// largest value at its axes. Points are thinned to what its width shows, peaks kept; NaN and infinity leave a gap.
/// Empty without a finite point.
std::string svg_curve(const SvgCurve& curve);

}  // namespace rest::interchange
