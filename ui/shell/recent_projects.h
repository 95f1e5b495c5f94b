// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace rest::ui {

/// Folders of the last opened projects that still exist, newest first. Kept in QSettings.
QStringList recentProjects();
void addRecentProject(const QString& folder);

}  // namespace rest::ui
