// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace rest::ui {

/// What the window stores with a project besides its data: the contents of its forms, how its last check and job ended.
///
/// A file `window.json` in the project's folder, so that it goes where the project goes; whoever deletes it loses
/// nothing that was computed. Any thread. Pages read the open project's from ProjectSession::memory().
QJsonObject projectMemory(const QString& project);

/// Sets one member. A folder that cannot be written to is left as it is, with a line in the
/// log: work goes on without.
void remember(const QString& project, const QString& name, const QJsonValue& value);

}  // namespace rest::ui
