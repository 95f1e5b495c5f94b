// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace rest::ui {

/// Cells in as many columns as fit, spread over the whole width.
class VideoGrid : public QListView {
    Q_OBJECT

  public:
    explicit VideoGrid(QSize smallest_cell, QWidget* parent = nullptr);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    QSize smallest_;
};

}  // namespace rest::ui
