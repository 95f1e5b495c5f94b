// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace rest::ui {

/// No and Yes, large, with the smaller actions below. Keys belong to the pane: buttons pass them on.
class AnswerBar : public QWidget {
    Q_OBJECT

  public:
    explicit AnswerBar(QWidget* parent = nullptr);
    /// Disables Yes and No for this long; the remaining time is shown.
    void wait(int milliseconds);
    void setCanUndo(bool on);
    /// Highlights the answer just given for a moment.
    void mark(bool yes);
    bool marked(bool yes) const;

  Q_SIGNALS:
    void answered(bool yes);
    void replayRequested();
    void skipRequested();
    void undoRequested();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget* makeSmall();
    void clearMark();
    void setWaiting(int milliseconds);

    QPushButton* no_;
    QPushButton* yes_;
    QPushButton* undo_;
    QLabel* countdown_;
    QTimer mark_timer_;
    QTimer wait_timer_;
    int left_ = 0;  // milliseconds
};

}  // namespace rest::ui
