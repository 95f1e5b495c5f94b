// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

namespace rest::ui {

struct Finding;
class HelpWindow;
class MainWindow;

/// Helps to find one's way in the window: what keys do, what can be gone to and done, and what the program is.
class WindowHelp : public QObject {
    Q_OBJECT

  public:
    /// Answers the window's menu.
    explicit WindowHelp(MainWindow& window);

  private:
    void nameTopics();
    void openManual();
    void showShortcuts();
    void showAbout();
    void find();
    std::vector<Finding> actions();
    std::vector<Finding> settings();
    std::vector<Finding> videos(const QString& words);

    MainWindow& window_;
    HelpWindow* manual_ = nullptr;  // created when first requested
};

}  // namespace rest::ui
