// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace rest::ui {

/// Which video is shown, the way back, and what may be asked of it.
class CaptionsHeader : public QWidget {
    Q_OBJECT

  public:
    explicit CaptionsHeader(QWidget* parent = nullptr);
    void setTexts(const QString& name, const QString& about, const QString& name_tip, const QString& about_tip);
    void setBackEnabled(bool on);
    void setFigureEnabled(bool on);
    QToolButton* truthButton() const { return truth_; }
    QToolButton* sideButton() const { return side_; }

  Q_SIGNALS:
    void backRequested();
    void figureRequested();

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void elide();

    QString shown_name_, shown_about_;
    QToolButton* back_;
    QLabel* name_;
    QLabel* about_;
    QToolButton* truth_;
    QToolButton* side_;
    QToolButton* figure_;
};

}  // namespace rest::ui
