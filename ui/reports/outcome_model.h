// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "ui/reports/report.h"
#include "ui/session/video_table.h"

namespace rest::ui {

/// Some clips of an evaluation: what was said of each, and how CLIP-TAM read it.
class OutcomeModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { NameColumn, PlaceColumn, ReadColumn, CaptionColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    /// `clips` are indices of the report's predictions.
    void setClips(ReportPtr report, std::vector<int> clips, std::shared_ptr<const VideoTable> videos);
    Place place(int row) const;  // of no video for no row

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

/// Green for right, amber for the first five, red for the rest.
QVariant placeColour(int rank);

}  // namespace rest::ui
