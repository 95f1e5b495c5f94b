// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/svg_curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/interchange/html_text.h"

namespace rest::interchange {
namespace {

// Of the drawing, in its own units.
constexpr double kWidth = 420, kHeight = 180, kLeft = 62, kRight = 10, kTop = 26, kBottom = 24;
constexpr size_t kColumns = 340;  // about one for each unit of the plot's width

struct Range {
    double low, high;
    double at(double value, double from, double to) const {
        return high > low ? from + (value - low) / (high - low) * (to - from) : (from + to) / 2;
    }
};

bool finite(const store::MetricPoint& point) {
    return std::isfinite(point.value);
}

/// The smallest and the largest of every column of the plot, in order.
std::vector<store::MetricPoint> thinned(const std::vector<store::MetricPoint>& points) {
    if (points.size() <= 2 * kColumns) return points;
    std::vector<store::MetricPoint> few;
    for (size_t column = 0; column < kColumns; ++column) {
        const auto begin = points.begin() + static_cast<std::ptrdiff_t>(points.size() * column / kColumns);
        const auto end = points.begin() + static_cast<std::ptrdiff_t>(points.size() * (column + 1) / kColumns);
        // NaN compares with nothing: a column that holds one keeps it as a gap.
        const auto gap = std::find_if_not(begin, end, finite);
        if (gap != end) {
            few.push_back(*gap);
            continue;
        }
        auto [low, high] =
            std::minmax_element(begin, end, [](const auto& a, const auto& b) { return a.value < b.value; });
        if (high < low) std::swap(low, high);
        few.push_back(*low);
        if (high != low) few.push_back(*high);
    }
    return few;
}

}  // namespace

std::string svg_curve(const SvgCurve& curve) {
    Range x{0, 0}, y{0, 0};
    bool any = false;
    for (const auto& point : curve.points) {
        if (!finite(point)) continue;
        const auto position = static_cast<double>(point.position);
        x = any ? Range{std::min(x.low, position), std::max(x.high, position)} : Range{position, position};
        y = any ? Range{std::min(y.low, point.value), std::max(y.high, point.value)} : Range{point.value, point.value};
        any = true;
    }
    if (!any) return "";
    std::string path, dots;
    bool drawing = false;
    for (const auto& point : thinned(curve.points)) {
        if (!finite(point)) {
            drawing = false;
            continue;
        }
        const double px = x.at(static_cast<double>(point.position), kLeft, kWidth - kRight);
        const double py = y.at(point.value, kHeight - kBottom, kTop);
        path += fmt::format("{}{:.1f} {:.1f}", drawing ? "L" : "M", px, py);
        if (curve.dots) dots += fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="3"/>)", px, py);
        drawing = true;
    }
    const auto label = [](double px, double py, const char* anchor, const std::string& text) {
        return fmt::format(R"(<text x="{}" y="{}" text-anchor="{}">{}</text>)", px, py, anchor, html_text(text));
    };
    return fmt::format(
               R"(<svg class="curve" viewBox="0 0 {} {}" role="img" aria-label="{}"><path class="line" d="{}"/><g class="dot">{}</g>)",
               kWidth, kHeight, html_text(curve.title), path, dots) +
           fmt::format(R"(<path class="axis" d="M{0} {1}V{2}H{3}"/>)", kLeft, kTop, kHeight - kBottom,
                       kWidth - kRight) +
           label(kLeft, 14, "start", curve.title) + label(kLeft - 6, kTop + 5, "end", fmt::format("{:.3g}", y.high)) +
           label(kLeft - 6, kHeight - kBottom, "end", fmt::format("{:.3g}", y.low)) +
           label(kLeft, kHeight - 8, "start", fmt::format("{:g}", x.low)) +
           label(kWidth - kRight, kHeight - 8, "end", fmt::format("{} {:g}", curve.axis, x.high)) + "</svg>\n";
}

}  // namespace rest::interchange
