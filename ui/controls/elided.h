// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QLabel>

namespace rest::ui {

/// One line that takes what room there is. Where it is too long it ends in dots, and the whole is its tooltip unless
/// it has one. Plain text.
class ElidedLabel : public QLabel {
    Q_OBJECT

  public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);
    /// What is seen of the text.
    QString shownText() const;
    QSize minimumSizeHint() const override;

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

/// A choice whose text ends in dots where it is too long, and is its tooltip then. Its list is as wide as its texts.
class ElidedCombo : public QComboBox {
    Q_OBJECT

  public:
    using QComboBox::QComboBox;
    QString shownText() const;
    void showPopup() override;

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace rest::ui
