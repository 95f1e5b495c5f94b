// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QHBoxLayout;

namespace rest::ui {

/// A line above the pages that reports what happened and offers actions. It never blocks other work.
class NoticeBar : public QFrame {
    Q_OBJECT

  public:
    enum class Kind { note, good, bad };
    struct Action {
        QString text;
        std::function<void()> run;
    };

    explicit NoticeBar(QWidget* parent = nullptr);
    void tell(Kind kind, const QString& message, const QString& remedy = {}, const QList<Action>& actions = {});
    QString message() const;

  private:
    QLabel* text_;
    QHBoxLayout* actions_;
};

}  // namespace rest::ui
