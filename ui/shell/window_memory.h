// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>

namespace rest::ui {

class MainWindow;

/// Remembers how somebody left things: the window's size and place for all projects, and for each project the page,
/// what was chosen on the pages, and the filters. It goes before the window does.
class WindowMemory : public QObject {
    Q_OBJECT

  public:
    explicit WindowMemory(MainWindow& window, QObject* parent = nullptr);
    ~WindowMemory() override;

  private:
    void keep();
    void recall();
    void recallRuns();
    QJsonObject state() const;

    MainWindow& window_;
    QJsonObject kept_;  // of the open project, as it was read; what has not changed is not written
};

}  // namespace rest::ui
