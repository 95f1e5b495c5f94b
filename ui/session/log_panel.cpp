// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/log_panel.h"

#include <QFontDatabase>
#include <QScrollBar>
#include <QTextCursor>
#include <QTime>

#include "ui/look/theme.h"
#include "ui/session/engine_client.h"

namespace rest::ui {

LogPanel::LogPanel(QWidget* parent) : QPlainTextEdit(parent) {
    setReadOnly(true);
    setMaximumBlockCount(5000);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setPlaceholderText(tr("What jobs report appears here."));
    setAccessibleName(tr("Log"));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void LogPanel::add(const QList<LogLine>& lines) {
    const bool follow = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 2;
    const Colours c = colours();
    // Lines beyond the panel's maximum need no layout.
    const qsizetype first = std::max<qsizetype>(0, lines.size() - maximumBlockCount());
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    const QString now = QTime::currentTime().toString(QStringLiteral("HH:mm:ss "));
    for (qsizetype i = first; i < lines.size(); ++i) {
        QTextCharFormat format;
        if (lines[i].level == LogLevel::warning) format.setForeground(c.warning);
        if (lines[i].level == LogLevel::error) format.setForeground(c.bad);
        if (!document()->isEmpty()) cursor.insertBlock();
        cursor.insertText(now + lines[i].text, format);
    }
    cursor.endEditBlock();
    if (follow) verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

}  // namespace rest::ui
