// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/feedback_pane.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {
constexpr int pane_width = 640;
}

FeedbackPane::FeedbackPane(QWidget* parent)
    : QWidget(parent),
      title_(sectionTitle({})),
      words_(new WrapLabel),
      next_(button(tr("Next clip  Enter"), {}, true)) {
    connect(next_, &QPushButton::clicked, this, &FeedbackPane::done);
    next_->setAutoDefault(true);
    words_->setTextFormat(Qt::PlainText);
    auto* inside = new QWidget;
    inside->setFixedWidth(pane_width);
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(title_);
    column->addWidget(words_);
    column->addWidget(next_, 0, Qt::AlignLeft);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch();
    layout->addWidget(inside);
    layout->addStretch();
}

void FeedbackPane::begin(const study::Feedback& feedback) {
    const QString expected = feedback.known_answer ? tr("yes") : tr("no");
    title_->setText(feedback.right ? tr("Right: the answer is %1.").arg(expected)
                                   : tr("Not quite: the answer here is %1.").arg(expected));
    setTone(title_, feedback.right ? "good" : "bad");
    words_->setText(text(feedback.text));
    words_->setVisible(!feedback.text.empty());
    next_->setAccessibleDescription(title_->text() + QChar(' ') + words_->text());
    next_->setFocus();
}

}  // namespace rest::ui
