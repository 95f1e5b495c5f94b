// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QListWidget;

namespace rest::ui {

/// The pages at the left, in order, and below them a mark if the project is the demo's.
class PageSidebar : public QWidget {
    Q_OBJECT

  public:
    explicit PageSidebar(QWidget* parent = nullptr);
    int page() const;
    void setPage(int page);
    /// Without a project only that page can be selected; -1: all.
    void allowOnly(int page);
    void markDemo(bool on);

  Q_SIGNALS:
    void pageChanged(int page);

  private:
    QListWidget* list_;
    QLabel* world_mark_;
};

}  // namespace rest::ui
