// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QWidget;

namespace rest::ui {

/// What keys do where no menu tells it.
struct KeyHelp {
    QString keys;  // "Space", "Left, Right"
    QString what;
    friend bool operator==(const KeyHelp&, const KeyHelp&) = default;
};

/// Tells it of a widget that reads keys itself.
void describeKeys(QWidget* widget, const QList<KeyHelp>& help);

/// All that `inside` and what it holds answer to: described keys, shortcuts with a whatsThis(), and actions. Each once.
QList<KeyHelp> keysOf(const QWidget& inside);

}  // namespace rest::ui
