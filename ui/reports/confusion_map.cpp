// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/confusion_map.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "ui/controls/key_help.h"

namespace rest::ui {

ConfusionMap::ConfusionMap(QWidget* parent) : QAbstractScrollArea(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(260, 260);
    setObjectName(QStringLiteral("confusionMap"));
    setAccessibleName(tr("Confusion map"));
    describeKeys(this, {{tr("Arrow keys"), tr("Confusion: from cell to cell")},
                        {tr("+, -"), tr("Confusion: larger and smaller cells, as Ctrl and the wheel")}});
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
    drawing_.setReport(report_);
    fit();
}

ConfusionDrawing::Layout ConfusionMap::layoutNow() const {
    return drawing_.layout(cell_, font());
}

int ConfusionMap::fittingCell() const {
    return drawing_.fittingCell(maximumViewportSize(), font());
}

void ConfusionMap::fit() {
    if (fitted_) cell_ = fittingCell();
    const QSize size = layoutNow().size();
    const QSize room = viewport()->size();
    horizontalScrollBar()->setRange(0, std::max(0, size.width() - room.width()));
    verticalScrollBar()->setRange(0, std::max(0, size.height() - room.height()));
    horizontalScrollBar()->setPageStep(room.width());
    verticalScrollBar()->setPageStep(room.height());
    viewport()->update();
}

void ConfusionMap::zoom(int steps) {
    const int before = cell_;
    cell_ = std::clamp(cell_ + steps * std::max(1, cell_ / 6), ConfusionDrawing::smallest_cell,
                       ConfusionDrawing::largest_cell);
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

void ConfusionMap::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    drawing_.paint(painter, layoutNow(), scrolled(), viewport()->size(), {label_, predicted_});
}

void ConfusionMap::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    fit();
}

void ConfusionMap::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange) return;
    drawing_.takeColours();
    fit();
}

QPoint ConfusionMap::cellAt(QPoint position) const {
    if (!report_) return {-1, -1};
    const ConfusionDrawing::Layout layout = layoutNow();
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
        const ConfusionDrawing::Layout layout = layoutNow();
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
    return drawing_.picture(title, cell_, font());
}

}  // namespace rest::ui
