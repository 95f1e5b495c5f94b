// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "core/study/rating_session.h"
#include "core/study/study_clip_files.h"

class QStackedWidget;
#include "ui/session/background.h"

namespace rest::ui {

class EmptyState;
class RatingPane;
class SignInPane;

/// All that an annotator sees, over the whole window: sign in, rate, pause, thanks. F11 toggles full screen.
///
/// Works the same on a project's study and on a file that was sent to an annotator. The file is opened on a worker; the
/// answers are written on the window's thread, because none may be acknowledged before it is on the disk.
class RatingScreen : public QWidget {
    Q_OBJECT

  public:
    explicit RatingScreen(QWidget* parent = nullptr);
    ~RatingScreen() override;

    /// Emits `opened` or `failed` later.
    void open(const QString& file, bool inside_project);
    /// Closes the file.
    void close();
    bool isOpen() const { return study_ != nullptr; }
    bool insideProject() const { return inside_project_; }

    enum class Page { opening, sign_in, rate, pause, finish };
    Page page() const;
    void signIn(const QString& code);
    void pause();
    void resume();
    void signOut();
    RatingPane* pane() const { return pane_; }
    bool idle() const;

  Q_SIGNALS:
    void opened();
    void failed(const QString& message, const QString& remedy);
    void left();  // the annotator is done here

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void makePages();
    void turnTo(Page page);
    void begin(std::shared_ptr<study::Study> study);
    void finish();
    void toggleFullScreen();

    bool opening_ = false;
    bool inside_project_ = false;
    bool undo_at_finish_ = false;
    QStackedWidget* pages_;
    SignInPane* sign_in_;
    RatingPane* pane_;
    EmptyState* pause_;
    EmptyState* finish_;
    std::shared_ptr<study::Study> study_;
    std::unique_ptr<study::StudyClipFiles> files_;
    std::unique_ptr<study::RatingSession> session_;  // of study_
    Background background_;                          // last: it ends before what it uses
};

}  // namespace rest::ui
