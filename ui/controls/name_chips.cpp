// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/name_chips.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/flow_layout.h"
#include "ui/look/icons.h"

namespace rest::ui {

NameChips::NameChips(const QString& placeholder, QWidget* parent)
    : QWidget(parent), field_(new QLineEdit), chips_(new QWidget), flow_(new FlowLayout(chips_)) {
    field_->setPlaceholderText(placeholder);
    field_->setAccessibleName(placeholder);
    flow_->setSpacing(4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(field_);
    layout->addWidget(chips_);
    connect(field_, &QLineEdit::returnPressed, this, &NameChips::take);
    connect(field_, &QLineEdit::textEdited, this, [this](const QString& words) {
        if (words.contains(QChar(','))) take();
    });
    fill();
}

void NameChips::take() {
    QStringList names = names_;
    for (const QString& part : field_->text().split(QChar(','))) {
        const QString name = part.simplified();
        if (!name.isEmpty() && !names.contains(name, Qt::CaseInsensitive)) names << name;
    }
    field_->clear();
    setNames(names);
}

void NameChips::setNames(const QStringList& names) {
    if (names == names_) return;
    names_ = names;
    fill();
    Q_EMIT changed();
}

void NameChips::remove(const QString& name) {
    QStringList names = names_;
    names.removeAll(name);
    field_->setFocus();
    setNames(names);
}

void NameChips::fill() {
    while (QLayoutItem* item = flow_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();  // it may be the chip that was clicked
        delete item;
    }
    for (const QString& name : names_) {
        auto* chip = new QToolButton;
        chip->setText(name);
        chip->setIcon(icon(QStringLiteral("cancel")));
        chip->setIconSize(QSize(10, 10));
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setProperty("chip", true);
        chip->setToolTip(tr("Remove “%1”").arg(name));
        chip->setAccessibleName(chip->toolTip());
        connect(chip, &QToolButton::clicked, this, [this, name] { remove(name); });
        flow_->addWidget(chip);
    }
    chips_->setVisible(!names_.isEmpty());
}

}  // namespace rest::ui
