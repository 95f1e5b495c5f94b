// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QImage>
#include <QPoint>
#include <QSize>

#include "ui/look/picture.h"
#include "ui/reports/report.h"

class QPainter;

namespace rest::ui {

/// How a confusion map looks: where cells and names stand for a size of cell, and the painting of them in the
/// application's colours, on the screen and into files.
class ConfusionDrawing {
  public:
    static constexpr int smallest_cell = 3;
    static constexpr int largest_cell = 36;

    /// Where things are for one size of cell, in pixels. Names stand where a line of text fits into a cell.
    struct Layout {
        int cell = 0;
        int left = 0, top = 0;  // of the cells
        int count = 0;          // classes
        bool names = false;
        QFont font;

        int side() const { return cell * count; }
        QSize size() const;
    };
    struct Cell {
        int label = -1, predicted = -1;  // -1: none
    };

    /// A null report shows nothing.
    void setReport(ReportPtr report);
    /// After the application's colours have changed.
    void takeColours();
    int count() const { return report_ ? report_->classCount() : 0; }

    Layout layout(int cell, const QFont& font) const;
    /// The largest cell whose map fits into the room, else the smallest.
    int fittingCell(QSize room, const QFont& font) const;
    /// What is seen of the map through a window of that size that was moved by `scrolled`; `current` has a frame.
    void paint(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room, Cell current) const;
    /// The whole map under its title, each cell a shape of its own: what leaves the program is drawn, not copied from
    /// the screen. `on_screen`: the size of a cell there, at least.
    Picture picture(const QString& title, int on_screen, const QFont& font) const;

  private:
    QColor colourOf(int label, int predicted) const;
    void paintShapes(QPainter& painter, const Layout& layout) const;
    void paintMap(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room, bool shapes) const;
    void paintFrame(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room, Cell cell) const;
    void paintNames(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room, Cell current) const;

    ReportPtr report_;
    QImage image_;  // one pixel per cell
};

}  // namespace rest::ui
