// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace rest::ui {

class WrapLabel;

/// What a page shows while it has nothing to show: an icon, what is missing, and what to do about it.
class EmptyState : public QWidget {
    Q_OBJECT

  public:
    EmptyState(const QString& icon, const QString& title, const QString& text, QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& text);
    QPushButton* addButton(const QString& text, const QString& icon = {}, bool primary = false);

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void drawIcon();
    QString icon_name_;
    QLabel* icon_;
    QLabel* title_;
    WrapLabel* text_;
    QHBoxLayout* buttons_;
};

}  // namespace rest::ui
