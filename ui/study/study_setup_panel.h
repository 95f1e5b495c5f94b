// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

class QLabel;
class QListView;
class QPushButton;

namespace rest::ui {

class ProjectSession;
class StudyClipModel;
class StudyForm;
class ThumbnailLoader;
class WrapLabel;
struct EvaluatedRun;

/// Sets a study up: the form at the left, at the right some of the clips that it would draw.
class StudySetupPanel : public QWidget {
    Q_OBJECT

  public:
    explicit StudySetupPanel(ProjectSession& session, QWidget* parent = nullptr);
    /// `name` is a name that no study has; `runs` are the present runs.
    void begin(const QString& name, std::vector<EvaluatedRun> runs);
    void create();
    StudyForm* form() const { return form_; }
    bool idle() const;

  Q_SIGNALS:
    void created(const QString& file);
    void dismissed();

  private:
    struct Drawn;
    QWidget* makeLeft();
    QWidget* makePreview();
    void draw();
    void showDrawn(const Drawn& drawn);
    void update();

    ProjectSession& session_;
    StudyForm* form_;
    ThumbnailLoader* thumbnails_;
    StudyClipModel* clips_;
    QListView* grid_;
    QLabel* preview_title_;
    WrapLabel* error_;
    QPushButton* create_;
    QTimer draw_timer_;
    int draws_ = 0;  // counts requests: only the last answer is used
    bool drawing_ = false;
    bool creating_ = false;
    bool drawable_ = false;  // there is a clip to rate
};

}  // namespace rest::ui
