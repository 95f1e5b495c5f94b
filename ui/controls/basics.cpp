// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/basics.h"

#include <QScrollArea>

#include <QStyle>
#include <QVariant>

#include "ui/look/icons.h"

namespace rest::ui {

void setStyleProperty(QWidget* widget, const char* name, const QVariant& value) {
    if (widget->property(name) == value) return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

void setTone(QWidget* widget, const char* tone) {
    setStyleProperty(widget, "tone", QString::fromLatin1(tone));
}

QLabel* pageTitle(const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("heading", "page");
    return label;
}

QLabel* sectionTitle(const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("heading", "section");
    return label;
}

QLabel* mutedLabel(const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("tone", "muted");
    return label;
}

QPushButton* button(const QString& text, const QString& icon_name, bool primary) {
    auto* made = new QPushButton(text);
    if (!icon_name.isEmpty())
        made->setIcon(icon(icon_name, primary ? QPalette::HighlightedText : QPalette::WindowText));
    if (primary) made->setProperty("primary", true);
    return made;
}

QToolButton* toolButton(const QString& icon_name, const QString& tip) {
    auto* made = new QToolButton;
    made->setIcon(icon(icon_name));
    made->setIconSize(QSize(18, 18));
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

QFrame* card() {
    auto* frame = new QFrame;
    frame->setProperty("card", true);
    return frame;
}

QScrollArea* scrolled(QWidget* inside) {
    auto* scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

QScrollArea* withRoom(QWidget* page) {
    QScrollArea* scroll = scrolled(page);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

}  // namespace rest::ui
