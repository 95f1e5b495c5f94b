// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListView;

namespace rest::ui {

class ClipPreview;
class NeighbourModel;
class ThumbnailLoader;
class VideoCardDelegate;
class WrapLabel;

/// The nearest videos as pictures with their similarity. What is pointed at or chosen plays in its place; a double
/// click or Return goes there.
class NeighbourPanel : public QWidget {
    Q_OBJECT

  public:
    explicit NeighbourPanel(ThumbnailLoader* thumbnails, QWidget* parent = nullptr);
    NeighbourModel* model() const { return model_; }
    QListView* list() const { return list_; }
    ClipPreview* preview() const { return preview_; }
    /// In place of neighbours: why there are none. Empty: they are shown.
    void setMessage(const QString& message, const QString& remedy = {});

  Q_SIGNALS:
    void videoRequested(qint64 id);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    void playAt(const QModelIndex& index);
    void playWanted();
    void stop();

    NeighbourModel* model_;
    VideoCardDelegate* delegate_;
    QListView* list_;
    ClipPreview* preview_;
    WrapLabel* message_;
    QTimer hover_;
    QPersistentModelIndex wanted_;
};

}  // namespace rest::ui
