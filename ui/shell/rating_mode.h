// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QMainWindow;
class QStackedWidget;

namespace rest::ui {

class RatingScreen;

/// Gives the whole window to somebody who rates: an annotator sees nothing of the project, no menu, no job, and no
/// message of a training that ends meanwhile.
class RatingMode : public QObject {
    Q_OBJECT

  public:
    /// `whole`: what the window shows, the studio first; the screen for rating is added to it.
    RatingMode(QMainWindow& window, QStackedWidget& whole);
    /// A study of the open project, or a file that was sent to somebody.
    void begin(const QString& file, bool inside_project);
    RatingScreen& screen() const { return *screen_; }

  Q_SIGNALS:
    // The studio is there again:
    void failed(const QString& message, const QString& remedy);
    void left(bool inside_project);

  private:
    void set(bool on);

    QMainWindow& window_;
    QStackedWidget& whole_;
    RatingScreen* screen_;
    QWidget* room_;  // around it
    QString studio_title_;
};

}  // namespace rest::ui
