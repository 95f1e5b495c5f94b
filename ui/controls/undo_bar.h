// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTimer>
#include <functional>
#include <vector>

#include "ui/controls/notice_bar.h"

namespace rest::ui {

/// A line that reports what was just done and can undo it: by its button or Ctrl+Z, for ten seconds.
///
/// Offers are stacked: the newest is shown, and when it is gone the one before it, as long as that can still be
/// undone.
class UndoBar : public NoticeBar {
    Q_OBJECT

  public:
    static constexpr int seconds = 10;

    explicit UndoBar(QWidget* parent = nullptr);
    /// `subject` identifies an offer, so that it can be withdrawn when it has become pointless; any text.
    void offer(const QString& message, const QString& detail, std::function<void()> undo, const QString& subject = {});
    void withdraw(const QString& subject);
    void forgetAll();
    /// As the button does; does nothing if there is nothing to undo.
    void undo();
    int offers() const { return static_cast<int>(offers_.size()); }

  private:
    struct Offer {
        int number;
        QString message, detail, subject;
        std::function<void()> undo;
    };
    void drop(int number);
    void showNewest();

    std::vector<Offer> offers_;
    int last_ = 0;
};

}  // namespace rest::ui
