// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

#include "ui/session/place.h"

class QComboBox;
class QLabel;
class QListView;
class QStackedWidget;
class QTabWidget;
class QTableView;
class QToolButton;

namespace rest::ui {

class EmptyState;
class EngineClient;
class MadeCaptionModel;
class PredictionModel;
class ProjectSession;
class RunModel;
class StepPanel;
class ThumbnailLoader;
class VideoFilterBar;
class VideoModel;
class VideoPlayer;

/// A video beside its captions: the list W_i of every retrieval step, all that was generated, and the predictions.
class CaptionsPage : public QWidget {
    Q_OBJECT

  public:
    CaptionsPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent = nullptr);

    /// Shows a video; `remember` adds the one shown before to the history of Back.
    void showVideo(store::VideoId id, bool remember = true);
    void showRun(const store::RunRef& run);
    /// Jumps from another page to the origin of a row there: its run, video, step and evaluation. Back calls `back`.
    void jumpTo(const Place& place, std::function<void()> back);
    void back();

    enum class View { kept, made, predictions };
    void show(View view);
    using QWidget::show;
    store::VideoId video() const { return video_; }
    const store::RunRef& run() const { return run_; }
    VideoPlayer* player() const { return player_; }
    StepPanel* steps() const { return steps_; }
    bool idle() const;

  private:
    struct Shown;
    /// What the next answer is to bring to the front.
    struct Wanted {
        std::optional<View> view;
        int step = -1, epoch = -1;
    };
    QWidget* makeList();
    QWidget* makeMiddle();
    QWidget* makeRight();
    void takeTable();
    void takeRuns();
    void applyFilter();
    void load();
    void fill(Shown shown);
    void bringToFront(bool kept, bool predicted);
    void rememberHere();
    void showTexts();
    int samples() const;

    ProjectSession& session_;
    EngineClient& engine_;
    RunModel& runs_;
    ThumbnailLoader* thumbnails_;
    VideoModel* model_;
    MadeCaptionModel* made_;
    PredictionModel* predictions_;
    QStackedWidget* body_;
    QListView* list_;
    QTableView* made_table_;
    QTableView* predicted_table_;
    VideoFilterBar* filter_;
    QToolButton* back_button_;
    QLabel* name_;
    QLabel* about_;
    VideoPlayer* player_;
    QComboBox* run_choice_;
    QTabWidget* tabs_;
    StepPanel* steps_;
    store::VideoId video_ = 0;
    store::RunRef run_;
    std::vector<std::function<void()>> back_;
    bool loading_ = false;
    bool load_again_ = false;
    bool fresh_video_ = false;  // the next answer may switch to a tab with content
    Wanted wanted_;
};

}  // namespace rest::ui
