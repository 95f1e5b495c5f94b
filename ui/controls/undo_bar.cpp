// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/undo_bar.h"

#include <QShortcut>
#include <algorithm>

namespace rest::ui {

UndoBar::UndoBar(QWidget* parent) : NoticeBar(parent) {
    // A text field being edited handles Ctrl+Z itself. While hidden, the bar handles nothing.
    auto* key = new QShortcut(QKeySequence::Undo, this);
    key->setContext(Qt::WindowShortcut);
    connect(key, &QShortcut::activated, this, &UndoBar::undo);
}

void UndoBar::offer(const QString& message, const QString& detail, std::function<void()> undo, const QString& subject) {
    if (!subject.isEmpty()) std::erase_if(offers_, [&](const Offer& offer) { return offer.subject == subject; });
    offers_.push_back({++last_, message, detail, subject, std::move(undo)});
    QTimer::singleShot(seconds * 1000, this, [this, number = last_] { drop(number); });
    showNewest();
}

void UndoBar::withdraw(const QString& subject) {
    if (std::erase_if(offers_, [&](const Offer& offer) { return offer.subject == subject; }) > 0) showNewest();
}

void UndoBar::forgetAll() {
    offers_.clear();
    showNewest();
}

void UndoBar::drop(int number) {
    if (std::erase_if(offers_, [&](const Offer& offer) { return offer.number == number; }) > 0) showNewest();
}

void UndoBar::undo() {
    if (offers_.empty()) return;
    const std::function<void()> back = std::move(offers_.back().undo);
    offers_.pop_back();
    showNewest();
    back();
}

void UndoBar::showNewest() {
    if (offers_.empty()) return hide();
    tell(Kind::note, offers_.back().message, offers_.back().detail, {{tr("Undo"), [this] { undo(); }}});
}

}  // namespace rest::ui
