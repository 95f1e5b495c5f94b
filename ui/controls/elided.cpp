// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/elided.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QStyleOption>
#include <QStylePainter>
#include <QToolTip>
#include <algorithm>

namespace rest::ui {

namespace {

constexpr int narrowest_letters = 6;

/// The whole text and then what the widget says of itself.
bool tellWhole(QWidget* widget, QEvent* event, const QString& whole) {
    const QString tip = widget->toolTip().isEmpty() ? whole : whole + QChar('\n') + widget->toolTip();
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), tip, widget);
    return true;
}

}  // namespace

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent) : QLabel(text, parent) {
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

QString ElidedLabel::shownText() const {
    return fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
}

QSize ElidedLabel::minimumSizeHint() const {
    return {fontMetrics().averageCharWidth() * narrowest_letters, QLabel::minimumSizeHint().height()};
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && shownText() != text())
        return tellWhole(this, event, text());
    return QLabel::event(event);
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawItemText(&painter, contentsRect(), QStyle::visualAlignment(layoutDirection(), alignment()),
                          option.palette, isEnabled(), shownText(), foregroundRole());
}

QString ElidedCombo::shownText() const {
    QStyleOptionComboBox option;
    initStyleOption(&option);
    const QRect field =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this).adjusted(1, 0, -1, 0);
    return fontMetrics().elidedText(option.currentText, Qt::ElideRight, field.width());
}

void ElidedCombo::showPopup() {
    constexpr int widest = 700;
    constexpr int frame_and_bar = 24;
    view()->setMinimumWidth(
        std::max(width(), std::min(view()->sizeHintForColumn(modelColumn()) + frame_and_bar, widest)));
    QComboBox::showPopup();
}

bool ElidedCombo::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && shownText() != currentText()) return tellWhole(this, event, currentText());
    return QComboBox::event(event);
}

void ElidedCombo::paintEvent(QPaintEvent* event) {
    if (currentIndex() < 0) return QComboBox::paintEvent(event);  // the placeholder
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    option.currentText = shownText();
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

}  // namespace rest::ui
