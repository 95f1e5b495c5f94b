// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cairo.h>

#include <initializer_list>
#include <memory>
#include <utility>

#include "core/demo/world/scene.h"
#include "core/image/image.h"

namespace rest::demo {

struct Point {
    double x = 0, y = 0;
};

/// A Cairo picture with the few drawing operations that the demo world needs. Coordinates are subject to translate(),
/// scale() and rotate(); strokes have round ends.
class Painter {
  public:
    Painter(int width, int height);

    /// Factor on all colours from now on: daylight.
    void set_light(double light) { light_ = light; }
    /// Width of the dark rim around fills and line() strokes; 0 for none.
    void set_rim(double width) { rim_ = width; }
    void save() { cairo_save(cairo_.get()); }
    void restore() { cairo_restore(cairo_.get()); }
    void translate(double x, double y) { cairo_translate(cairo_.get(), x, y); }
    void scale(double x, double y) { cairo_scale(cairo_.get(), x, y); }
    void rotate(double degrees);

    void line(std::initializer_list<Point> points, double width, Colour colour);
    void disc(Point centre, double radius, Colour colour);
    void ring(Point centre, double rx, double ry, double width, Colour colour, double from = 0, double to = 360);
    void ellipse(Point centre, double rx, double ry, Colour colour, double alpha = 1);
    /// The circular segment between two angles; counter-clockwise where y points up.
    void chord(Point centre, double radius, double from, double to, Colour colour);
    void polygon(std::initializer_list<Point> points, Colour colour);
    void rectangle(double x, double y, double width, double height, Colour colour);
    void rounded(double x, double y, double width, double height, double radius, Colour colour);
    /// Vertical, from top to bottom.
    void gradient(double x, double y, double width, double height, Colour top, Colour bottom);
    void curve(Point from, Point control, Point to, double width, Colour colour);
    /// A cubic curve, for shapes that turn back on themselves.
    void loop(Point from, Point first, Point second, Point to, double width, Colour colour);

    image::Image image() const;

  private:
    void source(Colour colour, double alpha = 1);
    void fill(Colour colour, double alpha);

    int width_, height_;
    double light_ = 1;
    double rim_ = 0;
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo_;
};

}  // namespace rest::demo
