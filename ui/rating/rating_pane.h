// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include "core/study/rating_session.h"
#include "core/study/study_clip_files.h"

class QLabel;
class QProgressBar;
class QStackedWidget;

namespace rest::ui {

class AnswerBar;
class ClipLoop;
class FeedbackPane;
class NoticeBar;
class SkipPane;
class WrapLabel;

/// Clip after clip with its caption and the question; one key answers. Shows nothing that biases, and the next clip
/// only when the answer is on the disk.
class RatingPane : public QWidget {
    Q_OBJECT

  public:
    explicit RatingPane(QWidget* parent = nullptr);
    /// Rates with a session that has a current clip. Both arguments must outlive the rating, which ends with stop().
    void begin(study::RatingSession& session, study::StudyClipFiles& files, int minimum_viewing_ms);
    void stop();
    void setPaused(bool on);
    bool undo();

    /// The clip that is on the screen with its first frame, -1 while there is none.
    qint64 clip() const;
    ClipLoop* loop() const { return loop_; }
    QString message() const;
    bool loading() const;
    void setBreakInterval(int milliseconds) { break_timer_.setInterval(milliseconds); }
    /// Shows the reasons in place of the answers.
    void askReason();

  Q_SIGNALS:
    void shown(qint64 clip);      // its first frame is on the screen
    void committed(qint64 clip);  // an answer or skip is on the disk, or was taken back
    void pauseRequested();
    void finished();
    void broken(const QString& message, const QString& remedy);  // sign in again: the order must be reread

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QWidget* makeTop();
    QWidget* makeBottom();
    void answer(bool yes);
    void skip(const QString& reason);
    void replay();
    void goOn();
    void showCurrent();
    void prepareNext();
    void showProgress();
    void showAnswers();
    void tellFailure(const Error& error, qint64 clip, const QString& what);
    void remindOfBreak();
    bool takesAnswers() const;
    study::Viewing viewing() const;

    study::RatingSession* session_ = nullptr;
    study::StudyClipFiles* files_ = nullptr;
    int minimum_ms_ = 0;
    qint64 replays_ = 0;
    QElapsedTimer seen_;      // since the first frame
    qint64 seen_before_ = 0;  // milliseconds, before the pause
    QTimer break_timer_;
    NoticeBar* notice_;
    QLabel* progress_;
    QProgressBar* bar_;
    ClipLoop* loop_;
    WrapLabel* caption_;
    QStackedWidget* below_;  // answers, reasons for a skip, feedback
    AnswerBar* answers_;
    SkipPane* reasons_;
    FeedbackPane* feedback_;
};

}  // namespace rest::ui
