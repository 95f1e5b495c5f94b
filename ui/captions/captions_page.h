// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "ui/captions/caption_tabs.h"
#include "ui/captions/clip_insight.h"
#include "ui/session/place.h"

class QComboBox;
class QSplitter;
class QStackedWidget;

namespace rest::ui {

class CaptionsHeader;
class ClipColumn;
class EngineClient;
class EvolutionPanel;
class FigureDialog;
class ProjectSession;
class RunModel;
class ThumbnailLoader;
class VideoColumn;
class VideoPlayer;

/// A video, its captions at every retrieval step and what they came from; beside them the clip as people and as the
/// networks see it, and its neighbours.
class CaptionsPage : public QWidget {
    Q_OBJECT

  public:
    using View = CaptionTabs::View;

    CaptionsPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent = nullptr);

    /// Shows a video; `remember` adds the one shown before to the history of Back.
    void showVideo(store::VideoId id, bool remember = true);
    void showRun(const store::RunRef& run);
    /// Jumps from another page to the origin of a row there: its run, video, step and evaluation. Back calls `back`.
    void jumpTo(const Place& place, std::function<void()> back);
    void back();
    void show(View view) { tabs_->show(view); }
    using QWidget::show;
    /// Whether the classes of videos are told; kept with the project.
    void showTruth(bool on);
    /// The figure of the selected videos; null without one.
    FigureDialog* makeFigure();

    store::VideoId video() const { return video_; }
    const store::RunRef& run() const { return run_; }
    VideoPlayer* player() const;
    EvolutionPanel* steps() const { return tabs_->evolution(); }
    CaptionTabs* tabs() const { return tabs_; }
    ClipColumn* clip() const { return clip_; }
    VideoColumn* videos() const { return videos_; }
    QSplitter* columns() const { return columns_; }
    bool idle() const;

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void makeColumns();
    QWidget* makeRunChoice();
    void makeShortcuts();
    void connectProject();
    void connectParts();
    void rememberSizes();
    void open();
    void takeTable();
    void takeRuns();
    void showClip();
    void showTexts();
    void showEmptyTexts();
    void load();
    void fill(const VideoCaptions& found);
    void stepCame();
    void rememberHere();
    void togglePlay();
    engine::TrainSettings settings() const;

    ProjectSession& session_;
    EngineClient& engine_;
    RunModel& runs_;
    ThumbnailLoader* thumbnails_;
    CaptionReader reader_;
    QStackedWidget* body_;
    QSplitter* columns_;
    QComboBox* run_choice_;
    VideoColumn* videos_;
    CaptionsHeader* header_;
    CaptionTabs* tabs_;
    ClipColumn* clip_;
    store::VideoId video_ = 0;
    store::RunRef run_;
    bool truth_ = false;
    std::vector<std::function<void()>> back_;
};

}  // namespace rest::ui
