// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;

namespace rest::ui {

/// Why a clip is skipped: one of a few reasons by its number, or typed words.
class SkipPane : public QWidget {
    Q_OBJECT

  public:
    explicit SkipPane(QWidget* parent = nullptr);
    /// Clears the words and takes the keyboard focus.
    void begin();
    const QStringList& reasons() const { return reasons_; }

  Q_SIGNALS:
    void chosen(const QString& reason);
    void dismissed();

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QStringList reasons_;
    QLineEdit* words_;
};

}  // namespace rest::ui
