// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace rest::ui {

class WrapLabel;

/// One figure, large, with its interval and the paper's value.
class FigureCard : public QFrame {
    Q_OBJECT

  public:
    explicit FigureCard(const QString& title, const QString& help, QWidget* parent = nullptr);
    void set(const QString& value, const QString& detail, const QString& beside = {});
    QString value() const;

  private:
    QLabel* value_;
    QLabel* beside_;
    WrapLabel* detail_;
    QString title_;
};

}  // namespace rest::ui
