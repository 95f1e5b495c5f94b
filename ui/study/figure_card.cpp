// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/figure_card.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"

namespace rest::ui {

FigureCard::FigureCard(const QString& title, const QString& help, QWidget* parent)
    : QFrame(parent), value_(new QLabel), beside_(mutedLabel()), detail_(new WrapLabel({}, "muted")), title_(title) {
    setProperty("card", true);
    setToolTip(help);
    value_->setMinimumWidth(1);
    value_->setProperty("heading", "big");
    beside_->setAlignment(Qt::AlignRight | Qt::AlignBottom);
    auto* row = new QHBoxLayout;
    row->setSpacing(gap);
    row->addWidget(value_, 1);
    row->addWidget(beside_, 0, Qt::AlignBottom);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(2);
    layout->addWidget(sectionTitle(title));
    layout->addLayout(row);
    layout->addWidget(detail_);
    layout->addStretch();
}

void FigureCard::set(const QString& value, const QString& detail, const QString& beside) {
    value_->setText(value);
    detail_->setText(detail);
    beside_->setText(beside);
    setAccessibleName(QStringList{title_, value, detail, beside}.join(QStringLiteral(", ")));
}

QString FigureCard::value() const {
    return value_->text();
}

}  // namespace rest::ui
