// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace rest::ui {

/// A frame that accepts a dropped folder or file and highlights while one is over it.
class DropFrame : public QFrame {
    Q_OBJECT

  public:
    explicit DropFrame(QWidget* parent = nullptr);

  Q_SIGNALS:
    void dropped(const QString& path);

  protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
};

}  // namespace rest::ui
