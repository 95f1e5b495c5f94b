// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/gallery/export_clips_dialog.h"
#include "ui/session/place.h"

class QComboBox;
class QItemSelection;
class QLabel;
class QListView;
class QStackedWidget;

namespace rest::ui {

class ClipBook;
class ClipDetail;
class EmptyState;
class EngineClient;
class EvaluationBar;
class FailureModel;
class FilterPanel;
class LongWork;
class ProjectSession;
class SavedFilters;
class TagBar;
class TagWriter;
class ThumbnailLoader;

/// The failure gallery: the clips of an evaluation as cards, filtered and counted, opened one by one, tagged by number
/// keys and exported.
///
/// J and K go to the next and previous clip, in the grid and in an opened clip alike; Return opens, Esc goes back;
/// 1 to 9 tag what is selected, N writes a note.
class GalleryPage : public QWidget {
    Q_OBJECT

  public:
    GalleryPage(ProjectSession& session, EngineClient& engine, QWidget* parent = nullptr);

    ClipBook* book() const { return book_; }
    FailureModel* model() const { return model_; }
    FilterPanel* panel() const { return panel_; }
    EvaluationBar* evaluations() const { return evaluations_; }
    SavedFilters* savedFilters() const { return saved_; }
    TagWriter* writer() const { return writer_; }
    ClipDetail* detail() const { return detail_; }
    QListView* grid() const { return grid_; }
    void open(int row);
    void back();
    bool isOpen() const;  // one clip and not the grid
    void toggleTag(qint64 tag);
    void editTags();
    void exportTo(const ExportClipsDialog::Choice& choice);
    bool idle() const;

  Q_SIGNALS:
    void videoActivated(const rest::ui::Place& place);
    void reportRequested(const rest::ui::Place& place);
    void reportsPageRequested();
    void trainPageRequested();
    void told(const QString& message, bool good);
    void failed(const QString& message, const QString& remedy);
    void undoOffered(const QString& message, const QString& detail, const std::function<void()>& undo);

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeHead();
    QWidget* makeBrowse();
    QWidget* makeTools();
    void makeKeys();
    void connectBook();
    void takeList();
    void takeTable();
    void takeShown();
    void takeSelection();
    void updateTexts();
    void go(int by);
    void moveTo(int row);
    int currentRow() const;
    std::vector<int> chosenRows() const;  // of the model: the opened clip, or those selected
    void showMenu(const QPoint& at);
    void measureAgain();
    void askExport();
    void offerExport(const ExportClipsDialog::Choice* typed, const QString& why);
    void keepState();
    void recallState();
    void takeRemembered(const std::string& filter);
    Place currentPlace() const;  // of the clip that is opened or current

    ProjectSession& session_;
    EngineClient& engine_;
    ThumbnailLoader* strips_;
    ClipBook* book_;
    FailureModel* model_;
    TagWriter* writer_;
    LongWork* work_;
    EvaluationBar* evaluations_;
    FilterPanel* panel_;
    SavedFilters* saved_;
    TagBar* tags_;
    ClipDetail* detail_;
    QStackedWidget* body_;   // clips, empty state
    QStackedWidget* views_;  // grid beside its filters, one clip
    QStackedWidget* cards_;  // grid, nothing passes
    EmptyState* empty_;
    QListView* grid_;
    QComboBox* order_;
    QLabel* about_;
    QLabel* count_;
    QTimer keep_wait_;
    int row_ = -1;                // current, of the model
    store::VideoId current_ = 0;  // its video
    bool gone_ = false;           // the opened clip does not pass any more: J goes to what stands in its place
    bool recalled_ = false;       // what was remembered of the project has been taken ...
    std::optional<std::string> wanted_filter_;  // ... but for this, until there are clips
    bool moving_ = false;
};

}  // namespace rest::ui
