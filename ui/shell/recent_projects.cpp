// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recent_projects.h"

#include <QFileInfo>
#include <QSettings>

namespace rest::ui {

namespace {
constexpr qsizetype kept = 8;
const QString key = QStringLiteral("recent_projects");
}  // namespace

QStringList recentProjects() {
    QStringList there;
    for (const QString& folder : QSettings().value(key).toStringList()) {
        if (QFileInfo(folder).isDir()) there << folder;
    }
    return there;
}

void addRecentProject(const QString& folder) {
    QStringList folders = recentProjects();
    folders.removeAll(folder);
    folders.prepend(folder);
    QSettings().setValue(key, folders.mid(0, kept));
}

}  // namespace rest::ui
