// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/skip_pane.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

#include "ui/controls/basics.h"

namespace rest::ui {

namespace {
constexpr int longest_reason = 500;
constexpr int pane_width = 640;
}  // namespace

SkipPane::SkipPane(QWidget* parent)
    : QWidget(parent),
      reasons_{tr("The clip does not play"), tr("The picture is too poor to tell"), tr("The text cannot be understood"),
               tr("I do not want to watch this clip")},
      words_(new QLineEdit) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Why do you skip this clip? Press a number, or type a reason."));
    auto* inside = new QWidget;
    inside->setFixedWidth(pane_width);
    auto* grid = new QGridLayout(inside);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(small_gap);
    auto* title = sectionTitle(tr("Why do you skip this clip?"));
    grid->addWidget(title, 0, 0);
    auto* back = button(tr("Back to the clip  Esc"));
    connect(back, &QPushButton::clicked, this, &SkipPane::dismissed);
    grid->addWidget(back, 0, 1, Qt::AlignRight);
    for (int i = 0; i < reasons_.size(); ++i) {
        auto* made = button(QStringLiteral("%1   %2").arg(i + 1).arg(reasons_[i]));
        made->setProperty("choice", true);
        connect(made, &QPushButton::clicked, this, [this, i] { Q_EMIT chosen(reasons_[i]); });
        grid->addWidget(made, 1 + i / 2, i % 2);
    }
    words_->setPlaceholderText(tr("%1   Another reason: type it and press Enter").arg(reasons_.size() + 1));
    words_->setAccessibleName(tr("Another reason"));
    words_->setMaxLength(longest_reason);
    connect(words_, &QLineEdit::returnPressed, this, [this] {
        const QString reason = words_->text().simplified();
        if (!reason.isEmpty()) Q_EMIT chosen(reason);
    });
    grid->addWidget(words_, 3, 0, 1, 2);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch();
    layout->addWidget(inside);
    layout->addStretch();
}

void SkipPane::begin() {
    words_->clear();
    setFocus();
}

void SkipPane::keyPressEvent(QKeyEvent* event) {
    if (event->isAutoRepeat()) return;
    const int number = event->key() - Qt::Key_1;
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT dismissed();
    } else if (words_->hasFocus()) {
        return;  // keys that a text field does not use, such as Return
    } else if (number >= 0 && number < reasons_.size()) {
        Q_EMIT chosen(reasons_[number]);
    } else if (number == reasons_.size()) {
        words_->setFocus();
    }
}

}  // namespace rest::ui
