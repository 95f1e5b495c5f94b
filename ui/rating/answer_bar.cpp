// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/answer_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/controls/basics.h"

namespace rest::ui {

namespace {
constexpr int mark_ms = 150;
constexpr int wait_step_ms = 100;

QPushButton* answerButton(const QString& word, const QString& keys, const QString& description) {
    auto* made = new QPushButton(word + QStringLiteral("   ") + keys);
    made->setProperty("answer", true);
    made->setAccessibleName(word);
    made->setAccessibleDescription(description);
    made->setMinimumSize(220, 58);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}
}  // namespace

AnswerBar::AnswerBar(QWidget* parent)
    : QWidget(parent),
      no_(answerButton(tr("No"), tr("← N"), tr("The text does not describe the action. Keys: N or left arrow"))),
      yes_(answerButton(tr("Yes"), tr("Y →"), tr("The text describes the action. Keys: Y or right arrow"))),
      countdown_(mutedLabel()) {
    connect(no_, &QPushButton::clicked, this, [this] { Q_EMIT answered(false); });
    connect(yes_, &QPushButton::clicked, this, [this] { Q_EMIT answered(true); });
    countdown_->setAlignment(Qt::AlignCenter);
    countdown_->setFixedWidth(90);
    auto* big = new QHBoxLayout;
    big->setSpacing(gap);
    big->addStretch();
    big->addWidget(no_);
    big->addWidget(countdown_);
    big->addWidget(yes_);
    big->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addLayout(big);
    layout->addWidget(makeSmall());
    for (QPushButton* made : findChildren<QPushButton*>()) made->installEventFilter(this);
    mark_timer_.setSingleShot(true);
    connect(&mark_timer_, &QTimer::timeout, this, &AnswerBar::clearMark);
    wait_timer_.setInterval(wait_step_ms);
    connect(&wait_timer_, &QTimer::timeout, this, [this] { setWaiting(left_ - wait_step_ms); });
}

QWidget* AnswerBar::makeSmall() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addStretch();
    const auto add = [&](const QString& words, const QString& tip, auto signal) {
        auto* made = button(words);
        made->setFlat(true);
        made->setProperty("quiet", true);
        made->setToolTip(tip);
        made->setFocusPolicy(Qt::TabFocus);
        connect(made, &QPushButton::clicked, this, signal);
        layout->addWidget(made);
        return made;
    };
    add(tr("Replay  R"), tr("Play the clip from its beginning"), &AnswerBar::replayRequested);
    add(tr("Skip…  S"), tr("Say why the clip cannot be judged, and go on"), &AnswerBar::skipRequested);
    undo_ = add(tr("Take back  ⌫"), tr("Go back to the clip before and answer it again"), &AnswerBar::undoRequested);
    layout->addStretch();
    return row;
}

void AnswerBar::wait(int milliseconds) {
    setWaiting(milliseconds);
    if (milliseconds > 0) wait_timer_.start();
}

void AnswerBar::setWaiting(int milliseconds) {
    left_ = std::max(0, milliseconds);
    const bool open = left_ == 0;
    if (open) wait_timer_.stop();
    for (QPushButton* made : {no_, yes_}) made->setEnabled(open);
    countdown_->setText(open ? QString() : tr("in %1 s").arg((left_ + 999) / 1000));
}

void AnswerBar::setCanUndo(bool on) {
    undo_->setEnabled(on);
}

void AnswerBar::mark(bool yes) {
    clearMark();
    setStyleProperty(yes ? yes_ : no_, "chosen", true);
    mark_timer_.start(mark_ms);
}

bool AnswerBar::marked(bool yes) const {
    return (yes ? yes_ : no_)->property("chosen").toBool();
}

void AnswerBar::clearMark() {
    for (QPushButton* made : {no_, yes_}) setStyleProperty(made, "chosen", false);
}

bool AnswerBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        // Arrow keys would move the focus between buttons, but here they answer.
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace rest::ui
