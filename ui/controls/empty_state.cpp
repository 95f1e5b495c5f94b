// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/empty_state.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {
constexpr int widest_text = 440;
}

EmptyState::EmptyState(const QString& icon, const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent),
      icon_name_(icon),
      icon_(new QLabel),
      title_(sectionTitle(title)),
      text_(new WrapLabel(text, "muted")) {
    for (QLabel* label : std::initializer_list<QLabel*>{icon_, title_, text_}) label->setAlignment(Qt::AlignCenter);
    buttons_ = new QHBoxLayout;
    buttons_->setSpacing(gap);
    buttons_->addStretch();
    buttons_->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(gap);
    layout->addStretch(2);
    layout->addWidget(icon_);
    layout->addWidget(title_);
    layout->addWidget(text_, 0, Qt::AlignHCenter);
    layout->addLayout(buttons_);
    layout->addStretch(3);
    drawIcon();
}

void EmptyState::setTexts(const QString& title, const QString& text) {
    title_->setText(title);
    text_->setText(text);
}

QPushButton* EmptyState::addButton(const QString& text, const QString& icon, bool primary) {
    QPushButton* made = button(text, icon, primary);
    buttons_->insertWidget(buttons_->count() - 1, made);
    return made;
}

void EmptyState::drawIcon() {
    icon_->setPixmap(iconPixmap(icon_name_, colours().muted, 40, devicePixelRatioF()));
}

void EmptyState::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    text_->setFixedWidth(std::clamp(width() - 2 * gap, 80, widest_text));
}

void EmptyState::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) drawIcon();
}

}  // namespace rest::ui
