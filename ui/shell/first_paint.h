// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace rest::ui {

/// Logs how long after the program's start a window was first painted. Owned by the window.
class FirstPaint : public QObject {
    Q_OBJECT

  public:
    explicit FirstPaint(QWidget* window);
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace rest::ui
