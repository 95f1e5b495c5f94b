// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

#include "core/store/records.h"

namespace rest::ui {

/// What a run said of one clip at each epoch that was measured, and how it was read.
class SaidModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { EpochColumn, ReadColumn, CaptionColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    /// `label`: the true class, -1 unknown.
    void setSaid(std::vector<std::pair<int, store::PredictionRecord>> said, const QStringList& classes, int label);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString readText(const store::PredictionRecord& said) const;

    std::vector<std::pair<int, store::PredictionRecord>> said_;
    QStringList classes_;
    int label_ = -1;
};

}  // namespace rest::ui
