// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <memory>
#include <vector>

#include "core/gallery/filtered_clips.h"
#include "ui/session/place.h"
#include "ui/session/video_table.h"

namespace rest::ui {

class ClipBook;
class ProjectSession;
class ThumbnailLoader;

/// How a clip was read and what it is, in words and pictures for a card.
struct ReadClip {
    gallery::Verdict verdict = gallery::Verdict::unlabelled;
    QString caption, read, truth;  // texts; classes empty for none
    QString change;                // "became right"; empty without a comparison or a change
    double margin = 0;             // NaN: not known
    QStringList tags;
    std::vector<int> tag_colours;
    bool noted = false;
};

/// The clips of a ClipBook that pass its filter, in its order. Pictures are decoded when a view asks for them.
class FailureModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role { StripRole = Qt::UserRole, ReadRole };
    /// All must outlive the model.
    FailureModel(ProjectSession& session, ClipBook& book, ThumbnailLoader& strips, QObject* parent = nullptr);

    const gallery::Clip* clip(int row) const;  // null for no row
    int tableRow(int row) const;               // -1 for no row
    int rowOf(store::VideoId video) const;     // -1: filtered away
    Place place(int row) const;
    const store::VideoRecord* video(int row) const;
    ReadClip read(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    void take();
    QString tip(int row) const;
    QString className(int label) const;

    ProjectSession& session_;
    ClipBook& book_;
    ThumbnailLoader& strips_;
    std::shared_ptr<const gallery::ClipTable> table_;
    std::shared_ptr<const gallery::Marks> marks_;
    std::shared_ptr<const gallery::FilteredClips> shown_;
    mutable std::vector<int> row_of_;  // by row of the table, made when it is asked for
};

/// "right", "wrong", "no class" as they stand on cards.
QString verdictText(gallery::Verdict verdict);
QString changeText(gallery::Change change);
QString peopleText(gallery::People people);

}  // namespace rest::ui

Q_DECLARE_METATYPE(rest::ui::ReadClip)
