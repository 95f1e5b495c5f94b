// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace rest::ui {

/// Folders of the projects opened last, newest first, that are still there. Kept in QSettings.
QStringList recentProjects();
void addRecentProject(const QString& folder);

}  // namespace rest::ui
