// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace rest::ui {

struct LogLine;

/// The newest lines of all jobs' logs, warnings and errors in colour. Scrolls to the end unless scrolled away from it.
class LogPanel : public QPlainTextEdit {
    Q_OBJECT

  public:
    explicit LogPanel(QWidget* parent = nullptr);
    void add(const QList<LogLine>& lines);
};

}  // namespace rest::ui
