// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/confusion_map.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/look/theme.h"

namespace rest::ui {

namespace {

constexpr int smallest_cell = 3;
constexpr int largest_cell = 36;
constexpr int widest_name = 110;
constexpr int margin = 8;

QColor mixed(const QColor& a, const QColor& b, double share_of_a) {
    const auto mix = [&](int x, int y) { return static_cast<int>(x * share_of_a + y * (1 - share_of_a) + 0.5); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

}  // namespace

/// The geometry for one cell size. Names are shown if a line of text fits into a cell.
struct ConfusionMap::Layout {
    int cell = 0;
    int left = margin, top = margin;
    int count = 0;
    bool names = false;
    QFont font;

    int side() const { return cell * count; }
    QSize size() const { return {left + side() + margin, top + side() + margin}; }
};

ConfusionMap::ConfusionMap(QWidget* parent) : QAbstractScrollArea(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(260, 260);
    setObjectName(QStringLiteral("confusionMap"));
    setAccessibleName(tr("Confusion map"));
    viewport()->setMouseTracking(true);
    for (QScrollBar* bar : {horizontalScrollBar(), verticalScrollBar()}) bar->setSingleStep(20);
}

void ConfusionMap::setReport(ReportPtr report) {
    const bool same_classes = report_ && report && report_->classes == report->classes;
    report_ = std::move(report);
    if (!same_classes) {
        label_ = predicted_ = -1;
        fitted_ = true;
    }
    drawImage();
    fit();
}

void ConfusionMap::drawImage() {
    if (!report_) return;
    const int count = report_->classCount();
    image_ = QImage(count, count, QImage::Format_RGB32);
    for (int row = 0; row < count; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image_.scanLine(row));
        for (int column = 0; column < count; ++column) line[column] = colourOf(row, column).rgb();
    }
}

QColor ConfusionMap::colourOf(int label, int predicted) const {
    const Colours c = colours();
    const int clips = report_->count(label, predicted);
    if (clips == 0) return c.base;
    // The square root keeps one clip among many visible.
    const double share = std::sqrt(static_cast<double>(clips) / report_->total(label));
    return mixed(label == predicted ? c.accent : c.warning, c.base, 0.15 + 0.85 * share);
}

ConfusionMap::Layout ConfusionMap::layoutFor(int cell) const {
    Layout layout;
    layout.cell = cell;
    layout.count = report_ ? report_->classCount() : 0;
    layout.font = font();
    layout.font.setPointSizeF(std::max(7.0, font().pointSizeF() * 0.82));
    const QFontMetrics metrics(layout.font);
    layout.names = cell >= metrics.height() - 3;
    if (!layout.names || !report_) return layout;
    int widest = 0;
    for (const QString& name : report_->classes) widest = std::max(widest, metrics.horizontalAdvance(name));
    layout.left = layout.top = std::min(widest, widest_name) + 2 * margin;
    return layout;
}

int ConfusionMap::fittingCell() const {
    if (!report_ || report_->classCount() == 0) return largest_cell;
    const QSize room = maximumViewportSize();
    for (int cell = largest_cell; cell > smallest_cell; --cell) {
        const QSize size = layoutFor(cell).size();
        if (size.width() <= room.width() && size.height() <= room.height()) return cell;
    }
    return smallest_cell;
}

void ConfusionMap::fit() {
    if (fitted_) cell_ = fittingCell();
    const QSize size = layoutFor(cell_).size();
    const QSize room = viewport()->size();
    horizontalScrollBar()->setRange(0, std::max(0, size.width() - room.width()));
    verticalScrollBar()->setRange(0, std::max(0, size.height() - room.height()));
    horizontalScrollBar()->setPageStep(room.width());
    verticalScrollBar()->setPageStep(room.height());
    viewport()->update();
}

void ConfusionMap::zoom(int steps) {
    const int before = cell_;
    cell_ = std::clamp(cell_ + steps * std::max(1, cell_ / 6), smallest_cell, largest_cell);
    fitted_ = cell_ == fittingCell();
    const double ratio = static_cast<double>(cell_) / before;
    const QPoint at = scrolled();
    fit();
    horizontalScrollBar()->setValue(static_cast<int>(at.x() * ratio));
    verticalScrollBar()->setValue(static_cast<int>(at.y() * ratio));
}

QPoint ConfusionMap::scrolled() const {
    return {horizontalScrollBar()->value(), verticalScrollBar()->value()};
}

void ConfusionMap::paintCells(QPainter& painter, const Layout& layout) const {
    painter.fillRect(layout.left, layout.top, layout.side(), layout.side(), colours().base);
    for (int row = 0; row < layout.count; ++row) {
        for (int column = 0; column < layout.count; ++column) {
            if (report_->count(row, column) == 0) continue;
            painter.fillRect(layout.left + column * layout.cell, layout.top + row * layout.cell, layout.cell,
                             layout.cell, colourOf(row, column));
        }
    }
}

void ConfusionMap::paintMap(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room, bool drawn) const {
    const Colours c = colours();
    const QRect map(QPoint(layout.left, layout.top), QSize(layout.side(), layout.side()));
    painter.save();
    painter.setClipRect(QRect(layout.left - 1, layout.top - 1, room.width(), room.height()));
    painter.translate(-scrolled);
    if (drawn)
        paintCells(painter, layout);
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

void ConfusionMap::paintCell(QPainter& painter, const Layout& layout, QPoint scrolled) const {
    const QPoint at(layout.left + predicted_ * layout.cell, layout.top + label_ * layout.cell);
    painter.save();
    painter.setClipRect(QRect(layout.left - 2, layout.top - 2, viewport()->width(), viewport()->height()));
    painter.setPen(QPen(colours().text, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRect(at - scrolled, QSize(layout.cell, layout.cell)));
    painter.restore();
}

void ConfusionMap::paintNames(QPainter& painter, const Layout& layout, QPoint scrolled, QSize room) const {
    if (!layout.names) return;
    const Colours c = colours();
    const QFontMetrics metrics(layout.font);
    const int width = layout.left - 2 * margin;
    painter.setFont(layout.font);
    const auto pen = [&](bool current) { painter.setPen(current ? c.text : c.muted); };
    painter.save();
    painter.setClipRect(QRect(0, layout.top, layout.left, room.height()));
    for (int i = 0; i < layout.count; ++i) {
        pen(i == label_);
        const QRect line(margin, layout.top + i * layout.cell - scrolled.y(), width, layout.cell);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                         metrics.elidedText(report_->classes[i], Qt::ElideRight, width));
    }
    painter.setClipRect(QRect(layout.left, 0, room.width(), layout.top));
    for (int i = 0; i < layout.count; ++i) {
        pen(i == predicted_);
        painter.save();
        painter.translate(layout.left + i * layout.cell - scrolled.x(), layout.top - margin);
        painter.rotate(-90);
        painter.drawText(QRect(0, 0, width, layout.cell), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         metrics.elidedText(report_->classes[i], Qt::ElideRight, width));
        painter.restore();
    }
    painter.restore();
}

void ConfusionMap::paintEvent(QPaintEvent*) {
    if (!report_ || report_->classCount() == 0) return;
    QPainter painter(viewport());
    const Layout layout = layoutFor(cell_);
    paintMap(painter, layout, scrolled(), viewport()->size());
    if (label_ >= 0) paintCell(painter, layout, scrolled());
    paintNames(painter, layout, scrolled(), viewport()->size());
}

void ConfusionMap::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    fit();
}

void ConfusionMap::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange) return;
    drawImage();
    fit();
}

QPoint ConfusionMap::cellAt(QPoint position) const {
    if (!report_) return {-1, -1};
    const Layout layout = layoutFor(cell_);
    const QPoint inside = position + scrolled() - QPoint(layout.left, layout.top);
    const bool beside = position.x() < layout.left || position.y() < layout.top || inside.x() >= layout.side() ||
                        inside.y() >= layout.side();
    return beside ? QPoint(-1, -1) : QPoint(inside.x() / layout.cell, inside.y() / layout.cell);
}

QString ConfusionMap::tipOf(int label, int predicted) const {
    const int clips = report_->count(label, predicted);
    const int total = report_->total(label);
    return tr("True class: %1\nRead as: %2\n%3 of %4 clips (%5 %)")
        .arg(report_->classes[label], report_->classes[predicted])
        .arg(clips)
        .arg(total)
        .arg(percentText(total == 0 ? 0 : 100.0 * clips / total));
}

bool ConfusionMap::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QPoint cell = cellAt(help->pos());
        QToolTip::showText(help->globalPos(), cell.x() < 0 ? QString() : tipOf(cell.y(), cell.x()), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ConfusionMap::setCell(int label, int predicted) {
    label_ = label;
    predicted_ = predicted;
    if (report_ && label >= 0) {
        setAccessibleDescription(tipOf(label, predicted));
        const Layout layout = layoutFor(cell_);
        const QPoint at(predicted * cell_, label * cell_);
        const QSize room = viewport()->size() - QSize(layout.left, layout.top);
        const auto reveal = [](QScrollBar* bar, int from, int to, int visible) {
            if (from < bar->value()) bar->setValue(from);
            if (to > bar->value() + visible) bar->setValue(to - visible);
        };
        reveal(horizontalScrollBar(), at.x(), at.x() + cell_, room.width());
        reveal(verticalScrollBar(), at.y(), at.y() + cell_, room.height());
    }
    viewport()->update();
}

void ConfusionMap::choose(int label, int predicted) {
    setCell(label, predicted);
    Q_EMIT cellChosen(label, predicted);
}

void ConfusionMap::mousePressEvent(QMouseEvent* event) {
    const QPoint cell = cellAt(event->position().toPoint());
    if (cell.x() >= 0) choose(cell.y(), cell.x());
}

void ConfusionMap::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Minus)
        return zoom(event->key() == Qt::Key_Plus ? 1 : -1);
    const int count = report_ ? report_->classCount() : 0;
    QPoint step;
    switch (event->key()) {
        case Qt::Key_Left:
            step = {-1, 0};
            break;
        case Qt::Key_Right:
            step = {1, 0};
            break;
        case Qt::Key_Up:
            step = {0, -1};
            break;
        case Qt::Key_Down:
            step = {0, 1};
            break;
        default:
            return QAbstractScrollArea::keyPressEvent(event);
    }
    if (count == 0) return;
    if (label_ < 0) return choose(0, 0);
    choose(std::clamp(label_ + step.y(), 0, count - 1), std::clamp(predicted_ + step.x(), 0, count - 1));
}

void ConfusionMap::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier)) return QAbstractScrollArea::wheelEvent(event);
    zoom(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

Picture ConfusionMap::picture(const QString& title) const {
    const Layout layout = layoutFor(std::max(cell_, report_ && report_->classCount() <= 100 ? 16 : smallest_cell));
    const int heading = 32;
    QFont bold = font();
    bold.setBold(true);
    const int width = std::max(layout.size().width(), QFontMetrics(bold).horizontalAdvance(title) + 2 * margin);
    const QSize size(width, layout.size().height() + heading);
    return {size, [this, layout, title, size, bold](QPainter& painter) {
                painter.setFont(bold);
                painter.setPen(colours().text);
                painter.drawText(QRect(margin, 0, size.width() - margin, heading), Qt::AlignLeft | Qt::AlignVCenter,
                                 title);
                painter.translate(0, heading);
                if (!report_) return;
                paintMap(painter, layout, {}, size, true);
                paintNames(painter, layout, {}, size);
            }};
}

}  // namespace rest::ui
