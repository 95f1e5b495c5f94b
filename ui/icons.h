// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace rest::ui {

/// resources/icons/NAME.svg drawn in the palette's text colour (muted when disabled), sharp at every pixel ratio, and
/// right after a change of theme too.
QIcon icon(const QString& name);
QPixmap iconPixmap(const QString& name, const QColor& colour, int size, qreal ratio);

}  // namespace rest::ui
