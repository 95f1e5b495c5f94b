// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/controls/basics.h"

namespace rest::ui {

NoticeBar::NoticeBar(QWidget* parent) : QFrame(parent), text_(new QLabel), actions_(new QHBoxLayout) {
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = toolButton(QStringLiteral("cancel"), tr("Close this message"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(page_margin, small_gap, gap, small_gap);
    layout->addWidget(text_, 1);
    layout->addLayout(actions_);
    layout->addWidget(close);
    hide();
}

void NoticeBar::tell(Kind kind, const QString& message, const QString& remedy, const QList<Action>& actions) {
    text_->setText(remedy.isEmpty() ? message : message + QChar('\n') + remedy);
    setStyleProperty(this, "bar", kind == Kind::bad ? "bad" : kind == Kind::good ? "good" : "note");
    while (QLayoutItem* item = actions_->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
    for (const Action& action : actions) {
        auto* made = button(action.text);
        connect(made, &QPushButton::clicked, this, [this, run = action.run] {
            hide();
            run();
        });
        actions_->addWidget(made);
    }
    show();
}

QString NoticeBar::message() const {
    return isHidden() ? QString() : text_->text();
}

}  // namespace rest::ui
