// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/confusion_drawing.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/look/theme.h"

namespace rest::ui {

namespace {

constexpr int widest_name = 110;
constexpr int margin = 8;

QColor mixed(const QColor& a, const QColor& b, double share_of_a) {
    const auto mix = [&](int x, int y) { return static_cast<int>(x * share_of_a + y * (1 - share_of_a) + 0.5); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

}  // namespace

QSize ConfusionDrawing::Layout::size() const {
    return {left + side() + margin, top + side() + margin};
}

void ConfusionDrawing::setReport(ReportPtr report) {
    report_ = std::move(report);
    takeColours();
}

void ConfusionDrawing::takeColours() {
    if (!report_) return;
    const int count = report_->classCount();
    image_ = QImage(count, count, QImage::Format_RGB32);
    for (int row = 0; row < count; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image_.scanLine(row));
        for (int column = 0; column < count; ++column) line[column] = colourOf(row, column).rgb();
    }
}

QColor ConfusionDrawing::colourOf(int label, int predicted) const {
    const Colours c = colours();
    const int clips = report_->count(label, predicted);
    if (clips == 0) return c.base;
    // The root keeps a clip of many from vanishing.
    const double share = std::sqrt(static_cast<double>(clips) / report_->total(label));
    return mixed(label == predicted ? c.accent : c.warning, c.base, 0.15 + 0.85 * share);
}

ConfusionDrawing::Layout ConfusionDrawing::layout(int cell, const QFont& font) const {
    Layout layout;
    layout.cell = cell;
    layout.left = layout.top = margin;
    layout.count = count();
    layout.font = font;
    layout.font.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.82));
    const QFontMetrics metrics(layout.font);
    layout.names = cell >= metrics.height() - 3;
    if (!layout.names || !report_) return layout;
    int widest = 0;
    for (const QString& name : report_->classes) widest = std::max(widest, metrics.horizontalAdvance(name));
    layout.left = layout.top = std::min(widest, widest_name) + 2 * margin;
    return layout;
}

int ConfusionDrawing::fittingCell(QSize room, const QFont& font) const {
    if (count() == 0) return largest_cell;
    for (int cell = largest_cell; cell > smallest_cell; --cell) {
        const QSize size = layout(cell, font).size();
        if (size.width() <= room.width() && size.height() <= room.height()) return cell;
    }
    return smallest_cell;
}

void ConfusionDrawing::paint(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room, Cell current) const {
    if (layout.count == 0) return;
    paintMap(painter, layout, scrolled, room, false);
    if (current.label >= 0) paintFrame(painter, layout, scrolled, room, current);
    paintNames(painter, layout, scrolled, room, current);
}

void ConfusionDrawing::paintShapes(QPainter& painter, const Layout& layout) const {
    painter.fillRect(layout.left, layout.top, layout.side(), layout.side(), colours().base);
    for (int row = 0; row < layout.count; ++row) {
        for (int column = 0; column < layout.count; ++column) {
            if (report_->count(row, column) == 0) continue;
            painter.fillRect(layout.left + column * layout.cell, layout.top + row * layout.cell, layout.cell,
                             layout.cell, colourOf(row, column));
        }
    }
}

void ConfusionDrawing::paintMap(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room,
                                bool shapes) const {
    const Colours c = colours();
    const QRect map(QPoint(layout.left, layout.top), QSize(layout.side(), layout.side()));
    painter.save();
    painter.setClipRect(QRect(layout.left - 1, layout.top - 1, room.width(), room.height()));
    painter.translate(-scrolled);
    if (shapes)
        paintShapes(painter, layout);
    else
        painter.drawImage(map, image_);
    painter.setPen(QPen(c.border, 1));
    if (layout.names) {
        for (int i = 1; i < layout.count; ++i) {
            painter.drawLine(map.left() + i * layout.cell, map.top(), map.left() + i * layout.cell, map.bottom());
            painter.drawLine(map.left(), map.top() + i * layout.cell, map.right(), map.top() + i * layout.cell);
        }
    }
    painter.drawRect(map.adjusted(-1, -1, 0, 0));
    painter.restore();
}

void ConfusionDrawing::paintFrame(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room,
                                  Cell cell) const {
    const QPoint at(layout.left + cell.predicted * layout.cell, layout.top + cell.label * layout.cell);
    painter.save();
    painter.setClipRect(QRect(layout.left - 2, layout.top - 2, room.width(), room.height()));
    painter.setPen(QPen(colours().text, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRect(at - scrolled, QSize(layout.cell, layout.cell)));
    painter.restore();
}

void ConfusionDrawing::paintNames(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room,
                                  Cell current) const {
    if (!layout.names) return;
    const Colours c = colours();
    const QFontMetrics metrics(layout.font);
    const int width = layout.left - 2 * margin;
    painter.setFont(layout.font);
    const auto pen = [&](bool chosen) { painter.setPen(chosen ? c.text : c.muted); };
    painter.save();
    painter.setClipRect(QRect(0, layout.top, layout.left, room.height()));
    for (int i = 0; i < layout.count; ++i) {
        pen(i == current.label);
        const QRect line(margin, layout.top + i * layout.cell - scrolled.y(), width, layout.cell);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                         metrics.elidedText(report_->classes[i], Qt::ElideRight, width));
    }
    painter.setClipRect(QRect(layout.left, 0, room.width(), layout.top));
    for (int i = 0; i < layout.count; ++i) {
        pen(i == current.predicted);
        painter.save();
        painter.translate(layout.left + i * layout.cell - scrolled.x(), layout.top - margin);
        painter.rotate(-90);
        painter.drawText(QRect(0, 0, width, layout.cell), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         metrics.elidedText(report_->classes[i], Qt::ElideRight, width));
        painter.restore();
    }
    painter.restore();
}

Picture ConfusionDrawing::picture(const QString& title, int on_screen, const QFont& font) const {
    const int readable = report_ && count() <= 100 ? 16 : smallest_cell;
    const Layout layout = this->layout(std::max(on_screen, readable), font);
    const int heading = 32;
    QFont bold = font;
    bold.setBold(true);
    const int width = std::max(layout.size().width(), QFontMetrics(bold).horizontalAdvance(title) + 2 * margin);
    const QSize size(width, layout.size().height() + heading);
    return {size, [drawing = *this, layout, title, size, bold](QPainter& painter) {
                painter.setFont(bold);
                painter.setPen(colours().text);
                painter.drawText(QRect(margin, 0, size.width() - margin, heading), Qt::AlignLeft | Qt::AlignVCenter,
                                 title);
                painter.translate(0, heading);
                if (!drawing.report_) return;
                drawing.paintMap(painter, layout, {}, size, true);
                drawing.paintNames(painter, layout, {}, size, {});
            }};
}

}  // namespace rest::ui
