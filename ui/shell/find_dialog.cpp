// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/find_dialog.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

#include "ui/controls/basics.h"
#include "ui/look/icons.h"

namespace rest::ui {

namespace {

/// What begins with the words comes before what only holds them.
int place(const Finding& one, const QString& words) {
    return one.name.startsWith(words, Qt::CaseInsensitive) ? 0 : 1;
}

bool mentions(const Finding& one, const QStringList& words) {
    const QString all = one.name + QChar(' ') + one.kind;
    return std::ranges::all_of(words, [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

}  // namespace

FindDialog::FindDialog(std::vector<Finding> fixed, std::function<std::vector<Finding>(const QString& words)> more,
                       QWidget* parent)
    : QDialog(parent), field_(new QLineEdit), list_(new QListWidget), fixed_(std::move(fixed)), more_(std::move(more)) {
    setWindowTitle(tr("Find"));
    field_->setPlaceholderText(tr("A page, an action, a setting, a video"));
    field_->setAccessibleName(field_->placeholderText());
    field_->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    field_->installEventFilter(this);
    list_->setObjectName(QStringLiteral("people"));  // its look
    list_->setAccessibleName(tr("What was found"));
    list_->setFocusPolicy(Qt::NoFocus);  // the field moves through it
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(gap);
    layout->addWidget(field_);
    layout->addWidget(list_, 1);
    connect(field_, &QLineEdit::textChanged, this, &FindDialog::fill);
    connect(field_, &QLineEdit::returnPressed, this, &FindDialog::go);
    connect(list_, &QListWidget::itemClicked, this, &FindDialog::go);
    resize(520, 420);
    fill({});
}

void FindDialog::fill(const QString& typed) {
    const QString words = typed.simplified();
    const QStringList parts = words.split(QChar(' '), Qt::SkipEmptyParts);
    shown_.clear();
    std::ranges::copy_if(fixed_, std::back_inserter(shown_), [&](const Finding& one) { return mentions(one, parts); });
    std::ranges::stable_sort(shown_, {}, [&](const Finding& one) { return place(one, words); });
    for (Finding& one : more_(words)) shown_.push_back(std::move(one));
    list_->clear();
    for (const Finding& one : shown_) list_->addItem(one.name + QStringLiteral("   ·   ") + one.kind);
    list_->setCurrentRow(shown_.empty() ? -1 : 0);
}

void FindDialog::go() {
    const int row = list_->currentRow();
    if (row < 0) return;
    const std::function<void()> there = shown_[static_cast<size_t>(row)].go;
    accept();
    there();
}

bool FindDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0 && list_->count() > 0) {
            list_->setCurrentRow(std::clamp(list_->currentRow() + step, 0, list_->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace rest::ui
