// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>

#include "ui/look/picture.h"
#include "ui/reports/report.h"

namespace rest::ui {

/// A heat map: true classes down, CLIP-TAM's top-1 across, each cell the share of its row's clips. The diagonal is
/// correct and has its own colour. Mouse, tooltip and the arrow keys find a cell; Ctrl and the wheel, + and - zoom.
class ConfusionMap : public QAbstractScrollArea {
    Q_OBJECT

  public:
    explicit ConfusionMap(QWidget* parent = nullptr);
    void setReport(ReportPtr report);
    void setCell(int label, int predicted);
    int label() const { return label_; }
    int predicted() const { return predicted_; }
    void zoom(int steps);
    Picture picture(const QString& title) const;

  Q_SIGNALS:
    void cellChosen(int label, int predicted);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    struct Layout;
    Layout layoutFor(int cell) const;
    QColor colourOf(int label, int predicted) const;
    /// Draws each cell as a shape: exports are vector graphics, not copies of the screen.
    void paintCells(QPainter& painter, const Layout& layout) const;
    void paintMap(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room, bool drawn = false) const;
    void paintCell(QPainter& painter, const Layout& layout, QPoint scrolled) const;
    void paintNames(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room) const;
    void drawImage();
    void fit();
    int fittingCell() const;
    QPoint scrolled() const;
    QPoint cellAt(QPoint position) const;  // (predicted, label); (-1, -1) outside the map
    QString tipOf(int label, int predicted) const;
    void choose(int label, int predicted);

    ReportPtr report_;
    QImage image_;  // one pixel per cell
    int cell_ = 12;
    bool fitted_ = true;  // the zoom is the one that fits the whole map
    int label_ = -1;
    int predicted_ = -1;
};

}  // namespace rest::ui
