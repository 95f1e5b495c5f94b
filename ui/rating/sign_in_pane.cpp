// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/sign_in_pane.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {
constexpr int form_width = 320;
constexpr int widest = 940;
constexpr int tallest = 620;
}  // namespace

SignInPane::SignInPane(QWidget* parent)
    : QWidget(parent),
      instructions_(new WrapLabel),
      practice_(new WrapLabel({}, "muted")),
      code_(new QLineEdit),
      known_title_(sectionTitle(tr("Were you here before?"))),
      known_(new QListWidget),
      error_(new WrapLabel({}, "bad")) {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(page_margin);
    columns->addWidget(makeInstructions(), 1);
    columns->addWidget(makeForm());
    auto* inside = new QWidget;
    inside->setMaximumWidth(widest);
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(page_margin);
    column->addWidget(pageTitle(tr("Rate clips")));
    column->addLayout(columns, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(page_margin, 2 * page_margin, page_margin, 2 * page_margin);
    inside->setMaximumHeight(tallest);
    layout->addStretch(1);
    layout->addWidget(inside, 8);
    layout->addStretch(1);
}

QWidget* SignInPane::makeInstructions() {
    instructions_->setTextFormat(Qt::PlainText);
    instructions_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* keys = new WrapLabel(
        tr("<table cellspacing='0' cellpadding='3'>"
           "<tr><td><b>Y</b> or <b>→</b>&nbsp;&nbsp;</td><td>Yes, the text describes the action</td></tr>"
           "<tr><td><b>N</b> or <b>←</b></td><td>No</td></tr>"
           "<tr><td><b>R</b></td><td>Play again from the beginning</td></tr>"
           "<tr><td><b>S</b></td><td>Skip, with a reason</td></tr>"
           "<tr><td><b>Backspace</b>&nbsp;&nbsp;</td><td>Take the last answer back, as often as you like</td></tr>"
           "<tr><td><b>P</b> or <b>Esc</b></td><td>Pause</td></tr>"
           "<tr><td><b>F11</b></td><td>Full screen</td></tr></table>"));
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(gap);
    column->addWidget(sectionTitle(tr("What to do")));
    column->addWidget(instructions_);
    column->addWidget(practice_);
    column->addSpacing(small_gap);
    column->addWidget(sectionTitle(tr("Keys")));
    column->addWidget(keys);
    column->addStretch();
    auto* scroll = scrolled(inside);  // a researcher may write several pages
    QFrame* frame = card();
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(scroll);
    return frame;
}

QWidget* SignInPane::makeForm() {
    code_->setPlaceholderText(tr("Name or code"));
    code_->setAccessibleName(tr("Your name or code"));
    code_->setMaxLength(100);
    auto* label = sectionTitle(tr("&Your name or code"));
    label->setBuddy(code_);
    known_->setObjectName(QStringLiteral("people"));
    known_->setAccessibleName(known_title_->text());
    auto* start = button(tr("Start"), QStringLiteral("play"), true);
    leave_ = button(tr("Close"), QStringLiteral("back"));
    const auto go = [this] { signIn(code_->text()); };
    connect(start, &QPushButton::clicked, this, go);
    connect(code_, &QLineEdit::returnPressed, this, go);
    connect(known_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item) code_->setText(item->data(Qt::UserRole).toString());
    });
    connect(known_, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { signIn(item->data(Qt::UserRole).toString()); });
    connect(leave_, &QPushButton::clicked, this, &SignInPane::leaveRequested);
    auto* form = new QWidget;
    form->setFixedWidth(form_width);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(label);
    layout->addWidget(code_);
    layout->addWidget(error_);
    layout->addWidget(start);
    layout->addSpacing(gap);
    layout->addWidget(known_title_);
    layout->addWidget(known_, 1);
    layout->addSpacing(small_gap);
    layout->addWidget(mutedLabel(tr("Answers stay in this file, on this computer.")));
    layout->addWidget(leave_);
    return form;
}

void SignInPane::begin(const study::Study& study, bool inside_project) {
    instructions_->setText(text(study.info().settings.instructions));
    const auto practice = std::ranges::count(study.clips(), study::ClipRole::training, &study::StudyClip::role);
    practice_->setText(
        practice > 0
            ? tr("You begin with %1 clips to practise on: after each you are told what was expected.").arg(practice)
            : QString());
    practice_->setVisible(practice > 0);
    leave_->setText(inside_project ? tr("Back to the project") : tr("Close"));
    error_->setText({});
    code_->clear();
    fillList(study);
    code_->setFocus();
}

void SignInPane::fillList(const study::Study& study) {
    std::map<std::string, int> done;
    for (const study::Answer& answer : study.current_answers()) {
        const bool counts =
            answer.choice != study::Choice::withdrawn && study.clip(answer.clip).role != study::ClipRole::training;
        done[answer.annotator] += counts;
    }
    known_->clear();
    for (const study::Annotator& annotator : study.annotators()) {
        const QString code = text(annotator.code);
        auto* item = new QListWidgetItem(tr("%1   (%2 done)").arg(code).arg(done[annotator.uuid]), known_);
        item->setData(Qt::UserRole, code);
        if (annotator.uuid == study.info().for_annotator) code_->setText(code);
    }
    known_title_->setVisible(known_->count() > 0);
    known_->setVisible(known_->count() > 0);
}

void SignInPane::showError(const QString& message, const QString& remedy) {
    error_->setText((message + QChar(' ') + remedy).trimmed());
    code_->setFocus();
}

void SignInPane::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) return QWidget::keyPressEvent(event);
    event->accept();
}

void SignInPane::signIn(const QString& code) {
    if (code.simplified().isEmpty()) return showError(tr("Type a name or a code first."), {});
    Q_EMIT signedIn(code.simplified());
}

}  // namespace rest::ui
