// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace rest::ui {

/// What a tag's colour looks like in the theme in force; numbers that are none are the first.
QColor tagColour(int colour);
QString tagColourName(int colour);
/// A round spot of it, for buttons, lists and menus.
QIcon tagDot(int colour, qreal ratio);

}  // namespace rest::ui
