// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <vector>

#include "core/study/study_report.h"

namespace rest::ui {

class ThumbnailLoader;

/// Clips of a study with their captions and, once there are answers, how people and CLIP-TAM judged them.
class StudyClipModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role { ThumbnailRole = Qt::UserRole, VotesRole, NameRole };
    /// `thumbnails` must outlive the model.
    explicit StudyClipModel(ThumbnailLoader& thumbnails, QObject* parent = nullptr);
    /// `votes`: show under each clip what people and CLIP-TAM answered.
    void setClips(std::vector<study::ClipResult> clips, bool votes);
    const study::ClipResult* clip(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    QString votesText(const study::ClipResult& result) const;

    ThumbnailLoader& thumbnails_;
    std::vector<study::ClipResult> clips_;
    bool votes_ = false;
};

}  // namespace rest::ui
