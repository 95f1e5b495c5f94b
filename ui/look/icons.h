// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPalette>

namespace rest::ui {

/// resources/icons/NAME.svg drawn in a colour of the palette (muted when disabled), sharp at every pixel ratio;
/// follows changes of the theme.
QIcon icon(const QString& name, QPalette::ColorRole role = QPalette::WindowText);
QPixmap iconPixmap(const QString& name, const QColor& colour, int size, qreal ratio);

}  // namespace rest::ui
