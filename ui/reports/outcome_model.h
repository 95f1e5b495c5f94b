// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "ui/reports/report.h"
#include "ui/session/video_table.h"

namespace rest::ui {

/// Some clips of an evaluation: the caption of each, and how CLIP-TAM ranked it.
class OutcomeModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { NameColumn, PlaceColumn, ReadColumn, CaptionColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    /// `clips` are indices of the report's predictions.
    void setClips(ReportPtr report, std::vector<int> clips, std::shared_ptr<const VideoTable> videos);
    Place place(int row) const;  // without a video for an invalid row

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString name(store::VideoId video) const;
    QVariant shownText(const store::PredictionRecord& prediction, int column) const;

    ReportPtr report_;
    std::vector<int> clips_;
    std::shared_ptr<const VideoTable> videos_;
};

/// Green for top-1, amber for top-5, red for the rest.
QVariant placeColour(int rank);

}  // namespace rest::ui
