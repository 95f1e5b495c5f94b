// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

#include "core/store/records.h"

namespace rest::ui {

/// The captions that a run gave one video at each evaluation, and the rank at which CLIP-TAM put the true class.
class PredictionModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { EpochColumn, RankColumn, PredictedColumn, CaptionColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setPredictions(std::vector<std::pair<int, store::PredictionRecord>> predictions, const QStringList& classes);

    int rowOf(int epoch) const;  // -1: not measured then

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString className(int label) const;
    std::vector<std::pair<int, store::PredictionRecord>> predictions_;
    QStringList classes_;
};

}  // namespace rest::ui
