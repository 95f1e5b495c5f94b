// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/drop_frame.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QUrl>

#include "ui/controls/basics.h"

namespace rest::ui {

namespace {
QString localPath(const QMimeData* data) {
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}
}  // namespace

DropFrame::DropFrame(QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("dropTarget"));
    setAcceptDrops(true);
}

void DropFrame::dragEnterEvent(QDragEnterEvent* event) {
    if (localPath(event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    setStyleProperty(this, "over", true);
}

void DropFrame::dragLeaveEvent(QDragLeaveEvent*) {
    setStyleProperty(this, "over", false);
}

void DropFrame::dropEvent(QDropEvent* event) {
    setStyleProperty(this, "over", false);
    const QString path = localPath(event->mimeData());
    if (path.isEmpty()) return;
    event->acceptProposedAction();
    Q_EMIT dropped(path);
}

}  // namespace rest::ui
