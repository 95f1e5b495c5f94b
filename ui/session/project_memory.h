// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace rest::ui {

/// What the window stores with a project besides its data: the contents of its forms, how its last check and job ended.
///
/// A file `window.json` in the project's folder, so that it moves with the project; deleting it loses nothing that was
/// computed. Small enough to read on the window's thread.
QJsonObject projectMemory(const QString& project);

/// Sets one member (undefined: removes it). If the folder cannot be written to, the failure is only logged: work
/// continues without.
void remember(const QString& project, const QString& name, const QJsonValue& value);

}  // namespace rest::ui
