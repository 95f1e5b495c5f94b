// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "ui/session/video_table.h"

class QListView;
class QVBoxLayout;

namespace rest::ui {

class ThumbnailLoader;
class VideoFilterBar;
class VideoModel;
class WrapLabel;

/// The list of videos that the page walks through, its filter, and what it is narrowed to.
class VideoColumn : public QWidget {
    Q_OBJECT

  public:
    /// How the list stands, to be found again.
    struct State {
        VideoFilter filter;
        std::optional<std::vector<store::VideoId>> only;
        QString why;  // of `only`
        int scrolled = 0;
    };

    explicit VideoColumn(ThumbnailLoader* thumbnails, QWidget* parent = nullptr);
    /// Stands above the filter.
    void addOnTop(QWidget* widget);
    VideoModel* model() const { return model_; }
    QListView* list() const { return list_; }

    /// Whether the list tells the classes.
    void showClasses(bool on);
    void setTable(std::shared_ptr<const VideoTable> table);
    /// Selects a video; a filter that hides it is taken away.
    void choose(store::VideoId id);
    /// The next or the one before.
    void step(int by);
    /// Those that are selected, as the list has them; several only by Ctrl or Shift.
    std::vector<store::VideoId> selected() const;
    /// Narrows the list to some videos, with a line that says which these are.
    void showOnly(const QString& why, std::vector<store::VideoId> videos);
    void showAll();
    State state() const;
    void restore(const State& state);
    void clear();  // as for another project

  Q_SIGNALS:
    void videoChosen(qint64 id);  // by the user
    void playRequested();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void applyFilter();
    QWidget* makeOnlyBar();

    VideoModel* model_;
    QVBoxLayout* layout_;
    VideoFilterBar* filter_;
    QWidget* only_bar_;
    WrapLabel* why_;
    QListView* list_;
    store::VideoId current_ = 0;
    int on_top_ = 0;
};

}  // namespace rest::ui
