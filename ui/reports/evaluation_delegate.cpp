// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/evaluation_delegate.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/look/theme.h"
#include "ui/reports/evaluation_model.h"

namespace rest::ui {

namespace {

constexpr int side = 8;
constexpr int box = 16;

QRect boxOf(const QRect& line) {
    return {line.left() + side, line.center().y() - box / 2, box, box};
}

/// The style's own check box is hardly visible on a dark background.
void paintBox(QPainter& painter, const QRect& where, bool on, const Colours& c) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(on ? c.accent : c.muted, 1.2));
    painter.setBrush(on ? c.accent : c.base);
    painter.drawRoundedRect(QRectF(where).adjusted(1, 1, -1, -1), 3, 3);
    if (on) {
        painter.setPen(QPen(c.accent_text, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(
            QPolygonF({QPointF(4.5, 8.2), QPointF(7, 10.8), QPointF(11.5, 5.4)}).translated(where.topLeft()));
    }
    painter.restore();
}

void toggle(QAbstractItemModel* model, const QModelIndex& index) {
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

}  // namespace

void EvaluationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QWidget* widget = option.widget;
    QStyle* style = widget ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, widget);
    const Colours c = colours();
    paintBox(*painter, boxOf(option.rect), index.data(Qt::CheckStateRole).toInt() == Qt::Checked, c);
    const QFontMetrics metrics(option.font);
    const QRect words = option.rect.adjusted(2 * side + box, 0, -side, 0);
    const QString figure = index.data(EvaluationModel::FigureRole).toString();
    const int figure_width = metrics.horizontalAdvance(figure);
    const QRect upper(words.left(), words.center().y() - metrics.height(), words.width(), metrics.height());
    const QRect lower = upper.translated(0, metrics.height() + 1);
    painter->save();
    painter->setFont(option.font);
    painter->setPen(c.text);
    painter->drawText(upper, Qt::AlignRight | Qt::AlignVCenter, figure);
    const int name_width = upper.width() - figure_width - side;
    painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, name_width));
    painter->setPen(c.muted);
    painter->drawText(
        lower, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data(EvaluationModel::AboutRole).toString(), Qt::ElideRight, lower.width()));
    painter->restore();
}

QSize EvaluationDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {200, 2 * option.fontMetrics.height() + 16};
}

bool EvaluationDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) {
    if (event->type() == QEvent::KeyPress) {
        if (static_cast<QKeyEvent*>(event)->key() != Qt::Key_Space) return false;
        toggle(model, index);
        return true;
    }
    const bool mouse = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease ||
                       event->type() == QEvent::MouseButtonDblClick;
    if (!mouse || !boxOf(option.rect)
                       .adjusted(-side, -side, side / 2, side)
                       .contains(static_cast<QMouseEvent*>(event)->position().toPoint()))
        return false;
    if (event->type() == QEvent::MouseButtonRelease) toggle(model, index);
    return true;  // clicking the box does not select the line
}

}  // namespace rest::ui
