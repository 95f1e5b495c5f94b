// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/key_help.h"

#include <QAction>
#include <QShortcut>
#include <QWidget>

namespace rest::ui {

namespace {

constexpr const char* key_help = "keyHelp";  // a list of keys and what they do, in turn

QString keysText(const QList<QKeySequence>& shortcuts) {
    QStringList words;
    for (const QKeySequence& one : shortcuts) words << one.toString(QKeySequence::NativeText);
    return words.join(QStringLiteral(", "));
}

/// As a sentence: without the mark of the menu's key, and the dots that say that a question comes.
QString actionText(const QAction& action) {
    QString words = action.text().remove(QChar('&'));
    if (words.endsWith(QChar(0x2026))) words.chop(1);
    return words;
}

}  // namespace

void describeKeys(QWidget* widget, const QList<KeyHelp>& help) {
    QStringList words;
    for (const KeyHelp& one : help) words << one.keys << one.what;
    widget->setProperty(key_help, words);
}

QList<KeyHelp> keysOf(const QWidget& inside) {
    QList<KeyHelp> found;
    const auto add = [&found](const KeyHelp& one) {
        if (!one.keys.isEmpty() && !one.what.isEmpty() && !found.contains(one)) found << one;
    };
    for (const QAction* action : inside.findChildren<QAction*>())
        add({keysText(action->shortcuts()), actionText(*action)});
    for (const QShortcut* shortcut : inside.findChildren<QShortcut*>())
        add({keysText({shortcut->key()}), shortcut->whatsThis()});
    QList<const QWidget*> widgets{&inside};
    for (const QWidget* one : inside.findChildren<QWidget*>()) widgets << one;
    for (const QWidget* widget : widgets) {
        const QStringList words = widget->property(key_help).toStringList();
        for (qsizetype i = 0; i + 1 < words.size(); i += 2) add({words[i], words[i + 1]});
    }
    return found;
}

}  // namespace rest::ui
