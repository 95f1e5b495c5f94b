// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QStringList>
#include <QWidget>

namespace rest::ui {

/// The button that is shown in there and says so: by its whole text, else by how it begins. Null when there is none.
inline QPushButton* buttonOf(const QWidget& inside, const QString& words) {
    QPushButton* found = nullptr;
    for (QPushButton* one : inside.findChildren<QPushButton*>()) {
        if (!one->isVisibleTo(&inside)) continue;
        const QString text = one->text().remove(QChar('&'));
        if (text == words) return one;
        if (!found && text.startsWith(words)) found = one;
    }
    return found;
}

/// The one that the page is there for, shown or not.
inline QPushButton* primaryButton(const QWidget& inside) {
    for (QPushButton* one : inside.findChildren<QPushButton*>()) {
        if (one->property("primary").toBool()) return one;
    }
    return nullptr;
}

/// The buttons of a page that can be pressed now, by their texts.
template <class Button>
QStringList pressable(const QWidget& page) {
    QStringList texts;
    for (const Button* button : page.findChildren<Button*>()) {
        if (button->isVisible() && button->isEnabled()) texts << button->text();
    }
    return texts;
}

}  // namespace rest::ui
