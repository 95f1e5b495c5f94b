// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

#include "core/gallery/clip_table.h"
#include "ui/session/place.h"

class QFrame;
class QLabel;
class QPlainTextEdit;
class QTableView;
class QToolButton;

namespace rest::ui {

class BarList;
class ClipBook;
class FailureModel;
class ProjectSession;
class SaidModel;
class TagWriter;
class VideoPlayer;
class WrapLabel;

/// One clip of the gallery: it plays beside what was said of it, how that was read, tags, a note, and what was said at
/// the other epochs.
class ClipDetail : public QWidget {
    Q_OBJECT

  public:
    ClipDetail(ProjectSession& session, ClipBook& book, FailureModel& model, TagWriter& writer,
               QWidget* parent = nullptr);

    /// A row of the model; -1: nothing. What is typed into the note is written first.
    void showRow(int row);
    /// Tags and note anew; the clip plays on.
    void refresh();
    void leave();  // writes the note, stops playing
    VideoPlayer* player() const { return player_; }
    QPlainTextEdit* note() const { return note_; }
    bool idle() const;

  Q_SIGNALS:
    void backRequested();
    void moveRequested(int by);
    void captionsRequested();
    void reportsRequested();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget* makeHead();
    QWidget* makeSide();
    void showReading(const gallery::Clip& clip);
    void showNearest(const gallery::Clip& clip);
    void showMarks();
    void readSaid();
    void keepNote();
    QString provenance(const gallery::Clip& clip) const;

    ProjectSession& session_;
    ClipBook& book_;
    FailureModel& model_;
    TagWriter& writer_;
    QToolButton* previous_;
    QToolButton* next_;
    QLabel* name_;
    QLabel* where_;
    VideoPlayer* player_;
    WrapLabel* caption_;
    QLabel* verdict_;
    WrapLabel* reading_;
    WrapLabel* before_;
    BarList* nearest_;
    WrapLabel* no_scores_;
    WrapLabel* tags_;
    QPlainTextEdit* note_;
    QLabel* note_by_;
    WrapLabel* provenance_;
    SaidModel* said_;
    QTableView* said_table_;
    Place shown_;
    QString shown_caption_;
    QString kept_note_;  // as it is in the project
    QTimer note_wait_;
    bool reading_said_ = false;
};

}  // namespace rest::ui
