// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/session/place.h"

class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTabWidget;
class QToolButton;

namespace rest::ui {

class DropFrame;
class EmptyState;
class EngineClient;
class ImportPreview;
class ProblemModel;
class ProjectSession;
class ThumbnailLoader;
class VideoFilterBar;
class VideoModel;

/// The project's videos: import a folder, browse the videos, see what cannot be read.
class DatasetPage : public QWidget {
    Q_OBJECT

  public:
    DatasetPage(ProjectSession& session, EngineClient& engine, QWidget* parent = nullptr);

    enum class View { grid, table, problems };
    void show(View view);
    using QWidget::show;
    /// Scans a folder or list and offers to import it.
    void preview(const QString& source);
    bool idle() const;

  Q_SIGNALS:
    void videoActivated(const rest::ui::Place& place);

  private:
    QWidget* makeHeader();
    QWidget* makeVideosTab();
    QWidget* makeProblemsTab();
    void makeViews();
    void takeTable();
    void applyFilter();
    void updateCounts();
    void pickFolder();
    void startImport();

    ProjectSession& session_;
    EngineClient& engine_;
    ThumbnailLoader* thumbnails_;
    VideoModel* model_;
    ProblemModel* problems_;
    DropFrame* frame_;
    QLabel* counts_;
    QLabel* shown_;
    QPushButton* add_;
    ImportPreview* preview_;
    QStackedWidget* body_;  // empty state, tabs
    EmptyState* empty_;
    QTabWidget* tabs_;
    VideoFilterBar* filter_;
    QStackedWidget* views_;  // grid, table, nothing found
    QListView* grid_;
    QTableView* table_;
    QTableView* problem_table_;
    QToolButton* grid_button_;
    QToolButton* table_button_;
};

}  // namespace rest::ui
