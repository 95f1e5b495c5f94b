// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/painter.h"

#include <algorithm>
#include <numbers>

#include "core/base/error.h"

namespace rest::demo {
namespace {

constexpr double kRadians = std::numbers::pi / 180;

void follow(cairo_t* cairo, std::initializer_list<Point> points) {
    bool first = true;
    for (const auto& p : points) {
        first ? cairo_move_to(cairo, p.x, p.y) : cairo_line_to(cairo, p.x, p.y);
        first = false;
    }
}

Colour rim_of(Colour c) {
    return {c.r * .45, c.g * .45, c.b * .45};
}

}  // namespace

Painter::Painter(int width, int height)
    : width_(width),
      height_(height),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), cairo_surface_destroy),
      cairo_(cairo_create(surface_.get()), cairo_destroy) {
    if (cairo_status(cairo_.get()) != CAIRO_STATUS_SUCCESS) {
        throw Error(ErrorCode::invalid_argument,
                    "Cannot draw a picture of " + std::to_string(width) + " x " + std::to_string(height));
    }
    cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
}

void Painter::source(Colour c, double alpha) {
    const auto lit = [&](double v) { return std::clamp(v * light_, 0.0, 1.0); };
    cairo_set_source_rgba(cairo_.get(), lit(c.r), lit(c.g), lit(c.b), alpha);
}

void Painter::fill(Colour colour, double alpha) {
    source(colour, alpha);
    if (rim_ <= 0) {
        cairo_fill(cairo_.get());
        return;
    }
    cairo_fill_preserve(cairo_.get());
    source(rim_of(colour), alpha);
    cairo_set_line_width(cairo_.get(), rim_);
    cairo_stroke(cairo_.get());
}

void Painter::rotate(double degrees) {
    cairo_rotate(cairo_.get(), degrees * kRadians);
}

void Painter::line(std::initializer_list<Point> points, double width, Colour colour) {
    follow(cairo_.get(), points);
    if (rim_ > 0) {
        source(rim_of(colour));
        cairo_set_line_width(cairo_.get(), width + rim_);
        cairo_stroke_preserve(cairo_.get());
    }
    source(colour);
    cairo_set_line_width(cairo_.get(), width);
    cairo_stroke(cairo_.get());
}

void Painter::disc(Point c, double radius, Colour colour) {
    ellipse(c, radius, radius, colour);
}

void Painter::ring(Point c, double rx, double ry, double width, Colour colour, double from, double to) {
    source(colour);
    save();
    translate(c.x, c.y);
    scale(rx, ry);
    cairo_new_path(cairo_.get());
    cairo_arc(cairo_.get(), 0, 0, 1, from * kRadians, to * kRadians);
    restore();
    cairo_set_line_width(cairo_.get(), width);
    cairo_stroke(cairo_.get());
}

void Painter::ellipse(Point c, double rx, double ry, Colour colour, double alpha) {
    save();
    translate(c.x, c.y);
    scale(rx, ry);
    cairo_new_path(cairo_.get());
    cairo_arc(cairo_.get(), 0, 0, 1, 0, 360 * kRadians);
    restore();
    fill(colour, alpha);
}

void Painter::chord(Point c, double radius, double from, double to, Colour colour) {
    cairo_new_path(cairo_.get());
    cairo_arc(cairo_.get(), c.x, c.y, radius, from * kRadians, to * kRadians);
    cairo_close_path(cairo_.get());
    fill(colour, 1);
}

void Painter::polygon(std::initializer_list<Point> points, Colour colour) {
    follow(cairo_.get(), points);
    cairo_close_path(cairo_.get());
    fill(colour, 1);
}

void Painter::rectangle(double x, double y, double width, double height, Colour colour) {
    cairo_rectangle(cairo_.get(), x, y, width, height);
    fill(colour, 1);
}

void Painter::rounded(double x, double y, double width, double height, double radius, Colour colour) {
    cairo_new_path(cairo_.get());
    cairo_arc(cairo_.get(), x + width - radius, y + radius, radius, -90 * kRadians, 0);
    cairo_arc(cairo_.get(), x + width - radius, y + height - radius, radius, 0, 90 * kRadians);
    cairo_arc(cairo_.get(), x + radius, y + height - radius, radius, 90 * kRadians, 180 * kRadians);
    cairo_arc(cairo_.get(), x + radius, y + radius, radius, 180 * kRadians, 270 * kRadians);
    cairo_close_path(cairo_.get());
    fill(colour, 1);
}

void Painter::gradient(double x, double y, double width, double height, Colour top, Colour bottom) {
    const std::unique_ptr<cairo_pattern_t, decltype(&cairo_pattern_destroy)> pattern(
        cairo_pattern_create_linear(0, y, 0, y + height), cairo_pattern_destroy);
    const auto stop = [&](double at, Colour c) {
        cairo_pattern_add_color_stop_rgb(pattern.get(), at, std::min(1.0, c.r * light_), std::min(1.0, c.g * light_),
                                         std::min(1.0, c.b * light_));
    };
    stop(0, top);
    stop(1, bottom);
    cairo_set_source(cairo_.get(), pattern.get());
    cairo_rectangle(cairo_.get(), x, y, width, height);
    cairo_fill(cairo_.get());
}

void Painter::curve(Point from, Point control, Point to, double width, Colour colour) {
    const auto toward = [&](Point end) {
        return Point{end.x + (control.x - end.x) * 2 / 3, end.y + (control.y - end.y) * 2 / 3};
    };
    loop(from, toward(from), toward(to), to, width, colour);
}

void Painter::loop(Point from, Point a, Point b, Point to, double width, Colour colour) {
    source(colour);
    cairo_new_path(cairo_.get());
    cairo_move_to(cairo_.get(), from.x, from.y);
    cairo_curve_to(cairo_.get(), a.x, a.y, b.x, b.y, to.x, to.y);
    cairo_set_line_width(cairo_.get(), width);
    cairo_stroke(cairo_.get());
}

image::Image Painter::image() const {
    cairo_surface_flush(surface_.get());
    image::Image out(width_, height_);
    const unsigned char* data = cairo_image_surface_get_data(surface_.get());
    const int stride = cairo_image_surface_get_stride(surface_.get());
    for (int y = 0; y < height_; ++y) {
        const auto* from = reinterpret_cast<const uint32_t*>(data + static_cast<ptrdiff_t>(y) * stride);
        uint8_t* to = out.row(y);
        for (int x = 0; x < width_; ++x) {
            to[3 * x] = static_cast<uint8_t>(from[x] >> 16);
            to[3 * x + 1] = static_cast<uint8_t>(from[x] >> 8);
            to[3 * x + 2] = static_cast<uint8_t>(from[x]);
        }
    }
    return out;
}

}  // namespace rest::demo
